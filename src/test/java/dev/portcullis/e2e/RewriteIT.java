package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the policy makes of proxies arrives at a real frps, and frpc agrees with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RewriteIT {
  private static final String RULES =
      """
      rules:
        - {name: web, allow: {everyone: true}, proxies: {types: [http], subdomains: ["*-${account}"]}}
        - {name: secret, allow: {everyone: true}, proxies: {types: [stcp]}}
        - {name: ports, allow: {everyone: true}, proxies: {types: [tcp], ports: [1-65535]}}
      """;

  private Path folder;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private String secret;
  private Backends backends;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    portcullis =
        PortcullisProcess.start(
            // a busy machine takes longer than the usual budget, which others are about
            folder.resolve("data"), 0, Map.of("portcullis.answer-budget", "PT5S"));
    admin = portcullis.admin();
    secret = portcullis.node("frps").secret();
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    backends.close();
  }

  private void activate(String rewrites) throws IOException {
    List<JsonObject> newest = admin.items("policy/revisions?limit=1");
    JsonObject saved =
        admin.post(
            "policy/revisions",
            Json.createObjectBuilder()
                .add("document", RULES + rewrites)
                .add("base", newest.isEmpty() ? 0 : newest.get(0).getInt("number"))
                .build()
                .toString());
    admin.put(
        "policy/active",
        "{\"revision\":%d,\"instead\":%d}"
            .formatted(saved.getInt("revision"), admin.get("policy").getInt("active")));
  }

  private FrpsNode node(Frp frp) throws IOException {
    return FrpsNode.start(
        frp,
        Files.createTempDirectory(folder, "node"),
        FrpsNode.plugin(
            "portcullis",
            "http://frps:" + secret + "@127.0.0.1:" + portcullis.port(),
            "/handler",
            FrpsNode.ALL_OPERATIONS));
  }

  private static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8))
        + "\r\n";
  }

  @ParameterizedTest
  @EnumSource
  void anHttpProxyIsWhatThePolicyMakesOfIt(Frp frp) throws IOException {
    String user = "web-" + frp.ordinal();
    String token = admin.account(user);
    admin.patch("accounts/" + user, "{\"groups\":[\"staff\"]}");
    activate(
        """
        rewrites:
          - name: staff
            for: {groups: [staff]}
            proxies: {types: [http]}
            set:
              basic-auth: generated
              headers: {X-Account: "${account} of ${group} at ${node}"}
              response-headers: {X-Proxy: "${proxy}"}
              host-header: inner.local
              metas: {owner: "${account}"}
              annotations: {example.com/owner: "${account}"}
              bandwidth: 10MB
              subdomain: "app-${account}"
        """);
    try (FrpsNode node = node(frp)) {
      node.client(
              user,
              token,
              FrpsNode.proxy(
                  "web",
                  "http",
                  backends.httpPort(),
                  "subdomain = \"shop\"\nhttpUser = \"me\"\nhttpPassword = \"mine\"\nrequestHeaders.set.x-account = \"root\""))
          .awaitProxy("web");
      String host = "app-" + user + ".frp.test";
      assertTrue(Visitor.http(node.httpPort(), "shop.frp.test").startsWith("HTTP/1.1 404"));
      assertTrue(Visitor.http(node.httpPort(), host).startsWith("HTTP/1.1 401"));
      assertTrue(
          Visitor.http(node.httpPort(), host, basic("me", "mine")).startsWith("HTTP/1.1 401"));
      JsonObject known =
          admin.get("accounts/" + user + "/proxy-secrets?proxy=web&node=frps&subdomain=shop");
      assertEquals(Set.of("httpUser", "httpPassword"), known.keySet());
      assertEquals(user, known.getString("httpUser"));
      String password = known.getString("httpPassword");
      String answer = Visitor.http(node.httpPort(), host, basic(user, password));
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      assertTrue(answer.contains("X-account: [" + user + " of staff at frps]"), answer);
      assertTrue(answer.contains("Host: [inner.local]"), answer);
      // frps has it from 0.58 on
      assertEquals(frp == Frp.V0_70_1, answer.contains("X-Proxy: web\r\n"), answer);
      admin.await(
          "audit?account=" + user,
          event -> event.getString("detail", "").equals("subdomain app-" + user));
      assertFalse(admin.items("audit").toString().contains(password));
      assertFalse(portcullis.log().toString().contains(password));
      admin.await(
          "audit", event -> event.getString("operation").equals("account.show-proxy-secrets"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyUsersThatThePolicyNamesComeToASecretProxyWithTheKeyThatItGives(Frp frp)
      throws IOException {
    String owner = "owner-" + frp.ordinal();
    String guest = "guest-" + frp.ordinal();
    String stranger = "stranger-" + frp.ordinal();
    String ownerToken = admin.account(owner);
    String guestToken = admin.account(guest);
    String strangerToken = admin.account(stranger);
    activate(
        """
        rewrites:
          - {name: s, for: {everyone: true}, proxies: {types: [stcp]}, set: {sk: generated, allow-users: [%s]}}
        """
            .formatted(guest));
    try (FrpsNode node = node(frp)) {
      node.client(
              owner,
              ownerToken,
              FrpsNode.proxy(
                  "ssh",
                  "stcp",
                  backends.tcpPort(),
                  "secretKey = \"own\"\nallowUsers = [\"*\"]\ntransport.useEncryption = true"))
          .awaitProxy("ssh");
      String sk =
          admin.get("accounts/" + owner + "/proxy-secrets?proxy=ssh&type=stcp").getString("sk");
      int right = Ports.free();
      visit(node, guest, guestToken, owner, sk, right);
      Visitor.echoTcp(right);
      int wrongKey = Ports.free();
      visit(node, guest, guestToken, owner, "own", wrongKey);
      assertTrue(Visitor.isTurnedAway(wrongKey));
      int wrongUser = Ports.free();
      visit(node, stranger, strangerToken, owner, sk, wrongUser);
      assertTrue(Visitor.isTurnedAway(wrongUser));
    }
  }

  private static void visit(
      FrpsNode node, String user, String token, String owner, String sk, int port)
      throws IOException {
    node.client(
            user,
            token,
            """
            [[visitors]]
            name = "visitor"
            type = "stcp"
            serverUser = "%s"
            serverName = "ssh"
            secretKey = "%s"
            transport.useEncryption = true
            bindAddr = "127.0.0.1"
            bindPort = %d
            """
                .formatted(owner, sk, port))
        .await("start visitor success");
  }

  @ParameterizedTest
  @EnumSource
  void membersOfAGroupAgreeOnAKeyThatNoneOfThemKnows(Frp frp) throws IOException {
    String user = "group-" + frp.ordinal();
    String token = admin.account(user);
    int port = Ports.free();
    activate(
        "rewrites: [{name: g, for: {everyone: true}, proxies: {groups: ['*']}, set: {group-key: generated}}]\n");
    try (FrpsNode node = node(frp)) {
      for (String member : List.of("one", "two")) {
        node.client(
                user,
                token,
                FrpsNode.proxy(
                    member,
                    "tcp",
                    backends.tcpPort(),
                    "remotePort = %d\nloadBalancer.group = \"%s\"\nloadBalancer.groupKey = \"%s\""
                        .formatted(port, user, member)))
            .awaitProxy(member);
      }
      Visitor.echoTcp(port);
    }
  }

  @Test
  void evaluationShowsWhatWouldBeRewrittenWithoutSecrets() throws IOException {
    JsonObject told =
        admin.post(
            "policy/evaluate",
            Json.createObjectBuilder()
                .add(
                    "document",
                    RULES
                        + """
                        rewrites:
                          - {name: sub, for: {everyone: true}, set: {subdomain: "${subdomain}-${account}"}}
                          - {name: auth, for: {everyone: true}, set: {http-user: u, http-password: hush}}
                        """)
                .add(
                    "facts",
                    Json.createObjectBuilder()
                        .add("account", "alice")
                        .add(
                            "proxy",
                            Json.createObjectBuilder()
                                .add("type", "http")
                                .add("subdomain", "shop")))
                .build()
                .toString());
    assertEquals("allowed", told.getString("outcome"));
    assertEquals(
        "{\"http-password\":\"imposed\",\"http-user\":\"u\",\"subdomain\":\"shop-alice\"}",
        told.getJsonObject("rewritten").toString());
    assertEquals("[\"sub\",\"auth\"]", told.getJsonArray("rewrites").toString());
  }
}
