package dev.portcullis.trial;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;

/** Results of replays as a column keeps them. */
final class ReplayResults {
  private static final JsonProvider JSON = JsonProvider.provider();

  private ReplayResults() {}

  static String text(ReplayResultsRepresentation results) {
    JsonArrayBuilder groups = JSON.createArrayBuilder();
    for (ReplayGroupRepresentation group : results.groups()) {
      groups.add(
          JSON.createObjectBuilder()
              .add("account", group.account())
              .add("operation", group.operation())
              .add("was", group.was())
              .add("would", group.would())
              .add("rule", group.rule())
              .add("count", group.count())
              .add("examples", JSON.createArrayBuilder(group.examples())));
    }
    return JSON.createObjectBuilder()
        .add("same", results.same())
        .add("different", results.different())
        .add("notByPolicy", results.notByPolicy())
        .add("unreadable", results.unreadable())
        .add("ungrouped", results.ungrouped())
        .add("groups", groups)
        .build()
        .toString();
  }

  static ReplayResultsRepresentation read(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      return new ReplayResultsRepresentation(
          number(json, "same"),
          number(json, "different"),
          number(json, "notByPolicy"),
          number(json, "unreadable"),
          number(json, "ungrouped"),
          json.getJsonArray("groups").getValuesAs(JsonObject.class).stream()
              .map(ReplayResults::group)
              .toList());
    }
  }

  private static ReplayGroupRepresentation group(JsonObject json) {
    return new ReplayGroupRepresentation(
        json.getString("account"),
        json.getString("operation"),
        json.getString("was"),
        json.getString("would"),
        json.getString("rule"),
        number(json, "count"),
        json.getJsonArray("examples").getValuesAs(JsonString::getString));
  }

  private static long number(JsonObject json, String name) {
    return json.getJsonNumber(name).longValue();
  }
}
