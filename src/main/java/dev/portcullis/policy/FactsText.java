package dev.portcullis.policy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Facts as JSON, as the audit log keeps them. What is not known is left out. */
public final class FactsText {
  private static final JsonProvider JSON = JsonProvider.provider();

  private FactsText() {}

  /**
   * Writes facts.
   *
   * @param keepsMeta which metadatas, by their keys; the others may be secrets
   */
  public static String of(Facts facts, Predicate<String> keepsMeta) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, "operation", facts.operation());
      write(json, "at", facts.at().toString());
      write(json, "account", facts.account());
      write(json, "groups", facts.groups());
      write(json, "labels", facts.labels(), key -> true);
      write(json, "node", facts.node());
      write(json, facts.client(), keepsMeta);
      write(json, facts.proxy(), keepsMeta);
      write(json, facts.visitor());
      json.writeEnd();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Facts.Client client, Predicate<String> keepsMeta) {
    if (!client.equals(Facts.Client.UNKNOWN)) {
      json.writeStartObject("client");
      write(json, "address", client.address());
      write(json, "version", client.version());
      write(json, "os", client.os());
      write(json, "metas", client.metas(), keepsMeta);
      json.writeEnd();
    }
  }

  private static void write(JsonGenerator json, Facts.Proxy proxy, Predicate<String> keepsMeta) {
    if (!proxy.equals(Facts.Proxy.NONE)) {
      json.writeStartObject("proxy");
      write(json, "name", proxy.name());
      write(json, "type", proxy.type());
      write(json, "port", proxy.port());
      write(json, "domains", proxy.domains());
      write(json, "subdomain", proxy.subdomain());
      write(json, "group", proxy.group());
      write(json, "metas", proxy.metas(), keepsMeta);
      json.writeEnd();
    }
  }

  private static void write(JsonGenerator json, Facts.Visitor visitor) {
    if (!visitor.equals(Facts.Visitor.NONE)) {
      json.writeStartObject("visitor");
      write(json, "address", visitor.address());
      write(json, "country", visitor.country());
      write(json, "asn", visitor.asn());
      json.writeEnd();
    }
  }

  private static void write(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.write(name, value);
    }
  }

  private static void write(JsonGenerator json, String name, int value) {
    if (value != 0) {
      json.write(name, value);
    }
  }

  private static void write(JsonGenerator json, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      json.writeStartArray(name);
      values.forEach(json::write);
      json.writeEnd();
    }
  }

  private static void write(
      JsonGenerator json, String name, Map<String, String> values, Predicate<String> keeps) {
    if (values.keySet().stream().anyMatch(keeps)) {
      json.writeStartObject(name);
      values.forEach((key, value) -> write(json, key, value, keeps));
      json.writeEnd();
    }
  }

  private static void write(JsonGenerator json, String key, String value, Predicate<String> keeps) {
    if (keeps.test(key)) {
      json.write(key, value);
    }
  }

  /**
   * Reads what {@link #of} has written.
   *
   * @throws RuntimeException for anything else
   */
  public static Facts read(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      JsonObject client = object(json, "client");
      JsonObject proxy = object(json, "proxy");
      JsonObject visitor = object(json, "visitor");
      return new Facts(
          text(json, "operation"),
          OffsetDateTime.parse(text(json, "at")),
          text(json, "account"),
          new HashSet<>(texts(json, "groups")),
          map(json, "labels"),
          text(json, "node"),
          new Facts.Client(
              text(client, "address"),
              text(client, "version"),
              text(client, "os"),
              map(client, "metas")),
          new Facts.Proxy(
              text(proxy, "name"),
              text(proxy, "type"),
              proxy.getInt("port", 0),
              texts(proxy, "domains"),
              text(proxy, "subdomain"),
              text(proxy, "group"),
              map(proxy, "metas")),
          new Facts.Visitor(
              text(visitor, "address"), text(visitor, "country"), visitor.getInt("asn", 0)));
    }
  }

  private static JsonObject object(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static String text(JsonObject json, String name) {
    return json.getString(name, "");
  }

  private static List<String> texts(JsonObject json, String name) {
    JsonArray values = json.getJsonArray(name);
    return values == null ? List.of() : values.getValuesAs(JsonString::getString);
  }

  private static Map<String, String> map(JsonObject json, String name) {
    Map<String, String> map = new HashMap<>();
    object(json, name).forEach((key, value) -> map.put(key, ((JsonString) value).getString()));
    return map;
  }
}
