package dev.portcullis.embedded;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the node of the first frps, over the admin API as any administrator would. */
final class FirstNode {
  static final String NAME = "frps";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI nodes;
  private final Administrator administrator;

  FirstNode(Address address, Administrator administrator) {
    this.nodes = address.url().resolve("/api/v1/nodes");
    this.administrator = administrator;
  }

  /** The secret of the node; empty when there is such a node already, whose frps may be running. */
  Optional<String> secret() throws StartFailure {
    HttpResponse<String> answer = post(nodes, "{\"name\":\"" + NAME + "\"}");
    if (answer.statusCode() == CONFLICT) {
      return Optional.empty();
    }
    if (answer.statusCode() != CREATED) {
      throw failure("it answered HTTP " + answer.statusCode() + problem(answer), null);
    }
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      JsonObject node = reader.readObject();
      return Optional.of(node.getString("secret"));
    } catch (JsonException | NullPointerException | ClassCastException e) {
      throw failure("the answer holds no secret", e);
    }
  }

  private HttpResponse<String> post(URI uri, String body) throws StartFailure {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", administrator.basicAuthorization())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw failure(StartFailure.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("it was interrupted", e);
    }
  }

  private static String problem(HttpResponse<String> answer) {
    boolean json =
        answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.contains("json"))
            .isPresent();
    return json ? " " + answer.body() : "";
  }

  private static StartFailure failure(String reason, @Nullable Exception cause) {
    return new StartFailure(
        "The node '%s' can't be made over the admin API: %s; start again to make another attempt"
            .formatted(NAME, reason),
        cause);
  }
}
