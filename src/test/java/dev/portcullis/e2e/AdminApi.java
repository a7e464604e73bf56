package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** The admin API as an administrator calls it. */
record AdminApi(URI address, String user, String password) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpResponse<String> call(String method, String path, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/api/v1/" + path))
            .timeout(Duration.ofSeconds(30))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private JsonStructure done(String method, String path, String body) throws IOException {
    HttpResponse<String> response = call(method, path, body);
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    if (response.body().isEmpty()) {
      return JsonObject.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.read();
    }
  }

  JsonObject post(String path, String body) throws IOException {
    return done("POST", path, body).asJsonObject();
  }

  JsonObject patch(String path, String body) throws IOException {
    return done("PATCH", path, body).asJsonObject();
  }

  JsonObject put(String path, String body) throws IOException {
    return done("PUT", path, body).asJsonObject();
  }

  void delete(String path) throws IOException {
    done("DELETE", path, "");
  }

  JsonObject get(String path) throws IOException {
    return done("GET", path, "").asJsonObject();
  }

  List<JsonObject> items(String path) throws IOException {
    return get(path).getJsonArray("items").getValuesAs(JsonObject.class);
  }

  /** Makes an account and gives its token. */
  String account(String name, String... grants) throws IOException {
    StringBuilder list = new StringBuilder();
    for (String grant : grants) {
      String[] words = grant.split(" ", 2);
      list.append(list.isEmpty() ? "" : ",")
          .append("{\"kind\":\"%s\",\"value\":\"%s\"}".formatted(words[0], words[1]));
    }
    JsonObject made =
        post(
            "accounts",
            "{\"name\":\"%s\",\"grants\":[%s],\"credentials\":[{\"label\":\"test\"}]}"
                .formatted(name, list));
    return made.getJsonArray("credentials").getJsonObject(0).getString("token");
  }

  /** Saves a policy and makes it decide; gives what was said when it was saved. */
  JsonObject activate(String document) throws IOException {
    List<JsonObject> newest = items("policy/revisions?limit=1");
    JsonObject saved =
        post(
            "policy/revisions",
            Json.createObjectBuilder()
                .add("document", document)
                .add("base", newest.isEmpty() ? 0 : newest.get(0).getInt("number"))
                .add("comment", "for a test")
                .build()
                .toString());
    choose(saved.getInt("revision"));
    return saved;
  }

  /** Makes a revision decide; 0 for none. */
  void choose(long revision) throws IOException {
    put(
        "policy/active",
        "{\"revision\":%d,\"instead\":%d}".formatted(revision, get("policy").getInt("active")));
  }

  /** Waits until a list has an item that fits. */
  JsonObject await(String path, Predicate<JsonObject> fits) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      List<JsonObject> items = items(path);
      for (JsonObject item : items) {
        if (fits.test(item)) {
          return item;
        }
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(path + " has no such item but " + items);
      }
      Pause.millis(100);
    }
  }
}
