package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plugin endpoint as frps calls it. */
record NodeCalls(URI address, String node, String secret) {
  private static final Pattern REASON =
      Pattern.compile("(.*) \\(decision [0-9A-Z]{4}-[0-9A-Z]{4}\\)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Asks with any body. */
  HttpResponse<String> post(String path, byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString((node + ":" + secret).getBytes(UTF_8)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Asks as frps does. */
  JsonObject ask(String operation, String content) throws IOException {
    HttpResponse<String> response =
        post(
            "/handler?op=%s&version=0.1.0".formatted(operation),
            "{\"version\":\"0.1.0\",\"op\":\"%s\",\"content\":%s}"
                .formatted(operation, content)
                .getBytes(UTF_8));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  /** Asks for a tcp proxy, authenticated by metas; port 0 for any. */
  JsonObject newTcpProxy(String user, String token, String runId, String proxy, int port)
      throws IOException {
    return ask(
        "NewProxy",
        """
        {"user":{"user":"%s","metas":{"token":"%s"},"run_id":"%s"},
         "proxy_name":"%1$s.%s","proxy_type":"tcp","remote_port":%d}
        """
            .formatted(user, token, runId, proxy, port));
  }

  JsonObject login(String user, String token, String runId) throws IOException {
    return login(user, "token", token, runId);
  }

  /**
   * Asks for a login.
   *
   * @param meta where the secret stands: {@code token} or {@code password}
   */
  JsonObject login(String user, String meta, String secret, String runId) throws IOException {
    return ask(
        "Login",
        Json.createObjectBuilder()
            .add("version", "0.70.1")
            .add("os", "linux")
            .add("arch", "amd64")
            .add("user", user)
            .add("run_id", runId)
            .add("metas", Json.createObjectBuilder().add(meta, secret))
            .add("client_spec", JsonObject.EMPTY_JSON_OBJECT)
            .add("pool_count", 1)
            .add("client_address", "192.0.2.1:1")
            .build()
            .toString());
  }

  /** Why it was refused, without the id of the decision that stands at the end. */
  static String reason(JsonObject answer) {
    Matcher reason = REASON.matcher(answer.getString("reject_reason"));
    if (!reason.matches()) {
      throw new AssertionError("No reason with an id: " + answer);
    }
    return reason.group(1);
  }
}
