package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tunnel clients sign in with the tokens of a real Keycloak, frpc's own OIDC among them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JwtIT {
  private static final String NOT_ADMITTED = "Portcullis does not admit this user with this secret";
  private static final String SECRET = "frpc-alice-secret";

  private Path folder;
  private Keycloak keycloak;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private FrpsNode node;
  private Backends backends;
  private int port;
  private int runs;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    keycloak = Keycloak.start(Ports.free());
    backends = new Backends();
    port = Ports.block(1);
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, settings("PT5S"));
    admin = portcullis.admin();
    calls = portcullis.node("frps");
    admin.account("alice", "tcp-port " + port);
    admin.account("bob");
    admin.put("groups/staff", "{\"signIn\":[\"jwt\"]}");
    node =
        FrpsNode.start(
            Frp.V0_70_1,
            folder,
            """
            auth.method = "oidc"
            auth.oidc.issuer = "%s"
            auth.oidc.audience = "frps"
            """
                .formatted(keycloak.issuer()),
            FrpsNode.plugin(
                "portcullis",
                "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
                "/handler",
                FrpsNode.ALL_OPERATIONS));
  }

  private Map<String, String> settings(String budget) {
    Map<String, String> settings = new HashMap<>();
    settings.put("portcullis.jwt.issuer", keycloak.issuer().toString());
    settings.put("portcullis.jwt.audience", "frps");
    settings.put("portcullis.jwt.account-claim", "frp_account");
    settings.put("portcullis.first-login", "create");
    settings.put("portcullis.oidc.issuer", keycloak.issuer().toString());
    settings.put("portcullis.oidc.client-id", "portcullis");
    settings.put("portcullis.answer-budget", budget);
    return settings;
  }

  @AfterEach
  void stopClients() {
    node.stopClients();
  }

  @AfterAll
  void stop() throws IOException {
    node.close();
    portcullis.close();
    keycloak.close();
    backends.close();
  }

  private JsonObject login(NodeCalls at, String user, String token) throws IOException {
    return at.login(user, token, "run-" + ++runs);
  }

  private String refused(String user, String token) throws IOException {
    JsonObject answer = login(calls, user, token);
    assertTrue(answer.getBoolean("reject"), answer::toString);
    assertTrue(answer.getString("reject_reason").startsWith(NOT_ADMITTED), answer::toString);
    return admin.items("audit?outcome=REJECTED&limit=1").get(0).getString("code");
  }

  private String client(String user, String rest) {
    return """
        user = "%s"
        auth.method = "oidc"
        auth.oidc.clientID = "frpc-alice"
        auth.oidc.clientSecret = "%s"
        auth.oidc.scope = "openid"
        auth.oidc.tokenEndpointURL = "%s/protocol/openid-connect/token"
        %s
        """
        .formatted(user, SECRET, keycloak.issuer(), rest);
  }

  @Test
  void publishesWithTheTokenThatFrpcGetsForFrps() throws IOException {
    node.client(client("alice", FrpsNode.tcp("echo", backends.tcpPort(), port))).awaitProxy("echo");
    Visitor.echoTcp(port);
    assertEquals(
        "[\"staff\"]", admin.get("accounts/alice").getJsonArray("directoryGroups").toString());

    // the next work connection is refused once its group no longer opens the way
    admin.put("groups/staff", "{\"signIn\":[\"token\"]}");
    assertTrue(Visitor.isTurnedAway(port));
    admin.await(
        "audit?outcome=REJECTED&account=alice",
        event -> event.getString("code").equals("authentication.way-closed"));
    admin.put("groups/staff", "{\"signIn\":[\"jwt\"]}");
    Visitor.echoTcp(port);
  }

  @Test
  void refusesAFrpcWhoseTokenNamesAnotherAccount() throws IOException {
    node.client(client("bob", "")).await(NOT_ADMITTED);
    admin.await(
        "audit?outcome=REJECTED", event -> event.getString("code").equals("jwt.other-account"));
  }

  @Test
  void takesATokenInTheMetasAndKeepsNothingOfIt() throws IOException {
    String token = keycloak.accessTokenOfClient("frpc-alice", SECRET);
    JsonObject answer = login(calls, "alice", token);
    assertEquals(
        Set.of("portcullis-session"),
        answer.getJsonObject("content").getJsonObject("metas").keySet());
    String signature = token.substring(token.lastIndexOf('.') + 1);
    assertFalse(answer.toString().contains(signature));
    assertFalse(String.join("\n", portcullis.log()).contains(signature));
    assertFalse(admin.get("audit").toString().contains(signature));
  }

  @Test
  void refusesTokensThatDoNotCount() throws IOException {
    String token = keycloak.accessTokenOfClient("frpc-alice", SECRET);
    List<String> parts = List.of(token.split("\\.", -1));
    assertEquals("jwt.other-account", refused("bob", token));
    assertEquals("jwt.audience", refused("reader", keycloak.accessTokenOf("reader")));
    assertEquals(
        "jwt.algorithm",
        refused("alice", base64("{\"alg\":\"none\"}") + "." + parts.get(1) + ".AA"));
    assertEquals(
        "jwt.algorithm",
        refused("alice", base64("{\"alg\":\"HS256\"}") + "." + parts.get(1) + "." + parts.get(2)));
    String forged =
        new String(Base64.getUrlDecoder().decode(parts.get(1)), UTF_8)
            .replace("\"frp_account\":\"alice\"", "\"frp_account\":\"bob\"");
    assertEquals(
        "jwt.signature", refused("bob", parts.get(0) + "." + base64(forged) + "." + parts.get(2)));
    String foreign =
        Json.createObjectBuilder().add("iss", "https://sso.example.com").build().toString();
    assertEquals(
        "jwt.issuer", refused("alice", parts.get(0) + "." + base64(foreign) + "." + parts.get(2)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void makesAnAccountAtTheFirstLoginOfAWayThatIsOpen() throws IOException {
    admin.delete("accounts/alice");
    String token = keycloak.accessTokenOfClient("frpc-alice", SECRET);
    admin.put("groups/staff", "{\"signIn\":[\"password\"]}");
    assertEquals("authentication.way-closed", refused("alice", token));
    admin.put("groups/staff", "{\"signIn\":[\"jwt\"]}");
    assertFalse(login(calls, "alice", token).getBoolean("reject"));
    assertEquals(
        "made at first login by jwt", admin.get("accounts/alice").getString("description"));
    admin.post("accounts/alice/grants", "{\"kind\":\"tcp-port\",\"value\":\"" + port + "\"}");
  }

  @Test
  void refusesInTimeWhileTheProviderHasNeverAnswered() throws IOException {
    Map<String, String> settings = settings("PT2S");
    settings.put("portcullis.jwt.jwks-url", "http://127.0.0.1:" + Ports.free() + "/keys");
    try (PortcullisProcess other = PortcullisProcess.start(folder.resolve("away"), 0, settings)) {
      NodeCalls frps = other.node("frps");
      String token = other.admin().account("carol");
      assertFalse(login(frps, "carol", token).getBoolean("reject"));
      String jwt = keycloak.accessTokenOfClient("frpc-alice", SECRET);
      long start = System.nanoTime();
      JsonObject answer = login(frps, "alice", jwt);
      assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 2_500);
      assertTrue(
          answer.getString("reject_reason").startsWith("Portcullis can't check this token now"),
          answer::toString);
    }
  }

  @Test
  void aTokenOfAPersonOpensTheAdminApiAsFarAsItsGroupsGo() throws IOException {
    String auditor = keycloak.accessTokenOf("auditor");
    HttpResponse<String> me = bearer("GET", "me", auditor);
    assertEquals(200, me.statusCode(), me.body());
    assertTrue(me.body().contains("\"auditor\"") && me.body().contains("\"jwt\""), me.body());
    assertEquals(200, bearer("GET", "nodes", auditor).statusCode());
    assertEquals(403, bearer("DELETE", "nodes/nobody", auditor).statusCode());
    assertEquals(
        404, bearer("DELETE", "nodes/nobody", keycloak.accessTokenOf("admin")).statusCode());
    String reader = keycloak.accessTokenOf("reader");
    assertEquals(200, bearer("GET", "me", reader).statusCode());
    assertEquals(403, bearer("GET", "nodes", reader).statusCode());
    assertEquals(401, bearer("GET", "me", auditor + "x").statusCode());
  }

  private HttpResponse<String> bearer(String method, String path, String token) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(portcullis.address().resolve("/api/v1/" + path))
                  .timeout(Duration.ofSeconds(30))
                  .header("Authorization", "Bearer " + token)
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
