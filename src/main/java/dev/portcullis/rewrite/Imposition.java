package dev.portcullis.rewrite;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/** What is imposed on the proxies of one account or node; texts by name are kept as JSON. */
@Entity
@Table(name = "imposition")
public class Imposition {
  @Id
  @Column(name = "id", length = 36)
  private String id = "";

  @Column(name = "bandwidth_limit", length = 32)
  private String bandwidthLimit = "";

  @Column(name = "headers", columnDefinition = "text")
  private String headers = "{}";

  @Column(name = "response_headers", columnDefinition = "text")
  private String responseHeaders = "{}";

  @Column(name = "metas", columnDefinition = "text")
  private String metas = "{}";

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected Imposition() {}

  /** For the account or node of that id. */
  Imposition(String id) {
    this.id = id;
  }

  void set(ImpositionRepresentation wish) {
    bandwidthLimit = wish.limit();
    headers = json(wish.headersOrNone());
    responseHeaders = json(wish.responseHeadersOrNone());
    metas = json(wish.metasOrNone());
  }

  ImpositionRepresentation representation() {
    return new ImpositionRepresentation(
        bandwidthLimit, map(headers), map(responseHeaders), map(metas));
  }

  private static String json(Map<String, String> texts) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(texts).forEach(object::add);
    return object.build().toString();
  }

  private static Map<String, String> map(String json) {
    Map<String, String> texts = new TreeMap<>();
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      reader.readObject().forEach((key, value) -> texts.put(key, ((JsonString) value).getString()));
    }
    return texts;
  }

  @Override
  public String toString() {
    return "Imposition[" + id + ", version " + version + "]";
  }
}
