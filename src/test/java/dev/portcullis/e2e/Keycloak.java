package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Keycloak with the realm of {@code keycloak/portcullis-realm.json}: the people of {@link
 * TestUsers}, the client {@code portcullis} for their browsers, the client {@code frpc-alice} for a
 * frpc.
 */
final class Keycloak implements AutoCloseable {
  static final String CLIENT_SECRET = "portcullis-test-secret";

  private final LoggedProcess process;
  private final URI address;

  private Keycloak(LoggedProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it; what it keeps is in memory, but for the realm in its own folder. */
  static Keycloak start(int port) throws IOException {
    Path home = Path.of(System.getProperty("portcullis.keycloak.home"));
    // its first start builds what all later ones run
    return Alone.in(home, () -> start(home, port));
  }

  private static Keycloak start(Path home, int port) throws IOException {
    Path imported = Files.createDirectories(home.resolve("data/import"));
    try (var realm = Keycloak.class.getResourceAsStream("/keycloak/portcullis-realm.json")) {
      Files.copy(
          realm, imported.resolve("portcullis-realm.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    ProcessBuilder command =
        new ProcessBuilder(
            // what Maven unpacks has lost its permission to run
            "bash",
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--http-management-port=" + Ports.free(),
            "--cache=local",
            "--db=dev-mem");
    LoggedProcess process = LoggedProcess.start("keycloak", command);
    process.await(Pattern.compile("Listening on: http://127.0.0.1:" + port), Duration.ofMinutes(4));
    return new Keycloak(process, URI.create("http://127.0.0.1:" + port));
  }

  URI issuer() {
    return address.resolve("/realms/portcullis");
  }

  /** What a server must be told that sends people there itself, and Portcullis with it. */
  Map<String, String> signOn() {
    return Map.of(
        "portcullis.auth",
        "server",
        "portcullis.oidc.issuer",
        issuer().toString(),
        "portcullis.oidc.client-id",
        "portcullis",
        "portcullis.oidc.client-secret",
        CLIENT_SECRET);
  }

  /** A token by the password of a person, as a script of theirs would get it. */
  String accessTokenOf(String person) throws IOException {
    return accessToken(
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "portcullis",
            "client_secret",
            CLIENT_SECRET,
            "scope",
            "openid",
            "username",
            person,
            "password",
            TestUsers.PASSWORD));
  }

  /** A token of a person that was made for Keycloak itself, and not for us. */
  String foreignTokenOf(String person) throws IOException {
    return accessToken(
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "admin-cli",
            "username",
            person,
            "password",
            TestUsers.PASSWORD));
  }

  /** A token of a client by its own secret. */
  String accessTokenOfClient(String client, String secret) throws IOException {
    return accessToken(
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  private String accessToken(Map<String, String> form) throws IOException {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError("Keycloak gives no token: " + answer.body());
      }
      try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
        return reader.readObject().getString("access_token");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.kill();
  }
}
