package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real frps asks, a real frpc publishes, real bytes go through. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TunnelScenarios {
  private static final int PORTS = 20;
  // sessions are written as seen within this time; and a machine that is busy with frp and two JVMs
  // may take longer than the usual budget, which DatabaseTroubleScenarios are about
  private static final Map<String, String> SETTINGS =
      Map.of("portcullis.renewal-interval", "PT0.2S", "portcullis.answer-budget", "PT5S");

  private final Frp frp;
  private Path folder;
  private Path data;
  private PortcullisProcess portcullis;
  private String secret;
  private AdminApi admin;
  private FrpsNode node;
  private Backends backends;
  private int firstPort;
  private int accounts;

  TunnelScenarios(Frp frp) {
    this.frp = frp;
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    data = folder.resolve("data");
    portcullis = PortcullisProcess.start(data, 0, SETTINGS);
    secret = portcullis.node("frps").secret();
    admin = portcullis.admin();
    node = FrpsNode.start(frp, folder, plugin(FrpsNode.ALL_OPERATIONS));
    firstPort = Ports.block(PORTS);
  }

  @AfterEach
  void frpsHasSurvived() {
    assertTrue(node.frps().isAlive(), () -> String.join("\n", node.frps().log()));
    node.stopClients();
  }

  @AfterAll
  void stop() throws IOException {
    node.close();
    portcullis.close();
    backends.close();
  }

  private String plugin(List<String> operations) {
    return FrpsNode.plugin("portcullis", address(), "/handler", operations);
  }

  private String address() {
    return "http://frps:" + secret + "@127.0.0.1:" + portcullis.port();
  }

  /** A name that no test before has used. */
  private String newName() {
    return "user" + ++accounts;
  }

  private String[] ports() {
    return new String[] {
      "tcp-port " + firstPort + "-" + (firstPort + PORTS - 1),
      "udp-port " + firstPort + "-" + (firstPort + PORTS - 1)
    };
  }

  private int port(int index) {
    return firstPort + index;
  }

  @Test
  void tcpEchoesThroughAGrantedPort() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    node.client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(0)))
        .await("start proxy success");
    Visitor.echoTcp(port(0));
    JsonObject lease = admin.await("leases", l -> l.getString("proxyName").equals(user + ".echo"));
    assertEquals(port(0), lease.getInt("remotePort"));
    assertEquals("frps", lease.getString("node"));
  }

  @Test
  void udpEchoesThroughAGrantedPort() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    node.client(
            user,
            token,
            FrpsNode.proxy("echo", "udp", backends.udpPort(), "remotePort = " + port(1)))
        .await("start proxy success");
    Visitor.echoUdp(port(1));
  }

  @Test
  void anAbsentPortBecomesOneThatTheAccountOwnsAndNobodyHolds() throws IOException {
    String first = newName();
    String second = newName();
    String range = "tcp-port " + port(2) + "-" + port(3);
    String firstToken = admin.account(first, range);
    String secondToken = admin.account(second, range);
    node.client(first, firstToken, FrpsNode.tcp("any", backends.tcpPort(), 0))
        .await("start proxy success");
    node.client(second, secondToken, FrpsNode.tcp("any", backends.tcpPort(), 0))
        .await("start proxy success");
    Visitor.echoTcp(port(2));
    Visitor.echoTcp(port(3));
    LoggedProcess third =
        node.client(first, firstToken, FrpsNode.tcp("third", backends.tcpPort(), 0));
    third.await("Every tcp port that '" + first + "' may take is in use");
  }

  @Test
  void httpAnswersWithImposedHeadersAtTheBackend() throws IOException {
    String user = newName();
    String token = admin.account(user, "domain *." + user + ".test", "subdomain " + user);
    admin.put(
        "accounts/" + user + "/imposition",
        "{\"headers\":{\"X-Account\":\"${account} at ${node}\"},\"metas\":{\"owner\":\"${account}\"}}");
    node.client(
            user,
            token,
            FrpsNode.proxy(
                "web",
                "http",
                backends.httpPort(),
                "customDomains = [\"WWW.%s.test\"]\nsubdomain = \"%1$s\"\nrequestHeaders.set.x-account = \"me\""
                    .formatted(user)))
        .await("start proxy success");
    String answer = Visitor.http(node.httpPort(), "www." + user + ".test");
    assertTrue(answer.contains("X-account: [" + user + " at frps]"), answer);
    assertTrue(Visitor.http(node.httpPort(), user + ".frp.test").contains("hello"));
  }

  @Test
  void httpsAnswersForAGrantedDomain() throws IOException {
    String user = newName();
    String token = admin.account(user, "domain tls." + user + ".test");
    node.client(
            user,
            token,
            FrpsNode.proxy(
                "tls",
                "https",
                backends.httpsPort(),
                "customDomains = [\"tls.%s.test\"]".formatted(user)))
        .await("start proxy success");
    assertTrue(Visitor.https(node.httpsPort(), "tls." + user + ".test").contains("hello"));
  }

  @Test
  void tcpmuxEchoesForAGrantedDomain() throws IOException {
    String user = newName();
    String token = admin.account(user, "domain mux." + user + ".test");
    node.client(
            user,
            token,
            FrpsNode.proxy(
                "mux",
                "tcpmux",
                backends.tcpPort(),
                "multiplexer = \"httpconnect\"\ncustomDomains = [\"mux.%s.test\"]".formatted(user)))
        .await("start proxy success");
    Visitor.echoTcpmux(node.tcpmuxPort(), "mux." + user + ".test");
  }

  @Test
  void stcpEchoesThroughAVisitor() throws IOException {
    String user = newName();
    String token = admin.account(user, "proxy-type stcp");
    int local = Ports.free();
    node.client(
            user,
            token,
            FrpsNode.proxy("secret", "stcp", backends.tcpPort(), "secretKey = \"abc\""))
        .await("start proxy success");
    LoggedProcess visitor =
        node.client(
            user,
            token,
            """
            [[visitors]]
            name = "visitor"
            type = "stcp"
            serverName = "secret"
            secretKey = "abc"
            bindAddr = "127.0.0.1"
            bindPort = %d
            """
                .formatted(local));
    visitor.await("start visitor success");
    Visitor.echoTcp(local);
  }

  @Test
  void aWrongTokenReachesTheClientsLogAndTellsNothing() throws IOException {
    String user = newName();
    admin.account(user, ports());
    LoggedProcess wrong = node.client(user, "wrong-token", "");
    wrong.await("Portcullis does not admit this user with this secret");
    LoggedProcess unknown = node.client("nobody", "wrong-token", "");
    unknown.await("Portcullis does not admit this user with this secret");
    admin.await("audit?code=authentication.wrong-token", e -> e.getString("user").equals(user));
    admin.await(
        "audit?code=authentication.unknown-account", e -> e.getString("user").equals("nobody"));
  }

  @Test
  void refusalsReachTheClientsLog() throws IOException {
    String user = newName();
    String token = admin.account(user, "tcp-port " + port(4), "domain a." + user + ".test");
    LoggedProcess client =
        node.client(
            user,
            token,
            FrpsNode.tcp("good", backends.tcpPort(), port(4))
                + FrpsNode.tcp("port", backends.tcpPort(), port(5))
                + FrpsNode.proxy(
                    "domain",
                    "http",
                    backends.httpPort(),
                    "customDomains = [\"a.%s.test\", \"b.%1$s.test\"]".formatted(user))
                + FrpsNode.proxy("type", "stcp", backends.tcpPort(), "secretKey = \"abc\"")
                + FrpsNode.proxy(
                    "malformed", "https", backends.tcpPort(), "customDomains = [\"a_b.test\"]"));
    client.await("The tcp port " + port(5) + " is not granted to '" + user + "'");
    client.await("Domain 'b." + user + ".test' is not granted to '" + user + "'");
    client.await("Proxy type 'stcp' is not allowed for '" + user + "'");
    client.await("Domain 'a_b.test' is not allowed: it is no domain name");
    client.awaitProxy("good");
    Visitor.echoTcp(port(4));
  }

  @Test
  void aForeignPrefixIsRefused() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    // frpc's own prefix stays that of its user
    try (OtherPlugin alias = new OtherPlugin(login -> with(login, "user", user));
        FrpsNode other =
            FrpsNode.start(
                frp,
                folder,
                FrpsNode.plugin("alias", alias.address(), "/", List.of("Login")),
                plugin(FrpsNode.ALL_OPERATIONS))) {
      LoggedProcess client =
          other.client("mallory", token, FrpsNode.tcp("echo", backends.tcpPort(), port(6)));
      client.await("Proxy name 'mallory.echo' is not allowed: it must begin with '" + user + ".'");
      assertTrue(other.frps().isAlive());
    }
  }

  @Test
  void anotherAccountsRunIdIsRefused() throws IOException {
    String owner = newName();
    String thief = newName();
    String ownerToken = admin.account(owner, ports());
    String thiefToken = admin.account(thief, ports());
    node.client(owner, ownerToken, FrpsNode.tcp("echo", backends.tcpPort(), port(7)))
        .await("start proxy success");
    String runId = admin.await("sessions?account=" + owner, s -> true).getString("runId");
    try (OtherPlugin stealing = new OtherPlugin(login -> with(login, "run_id", runId));
        FrpsNode other =
            FrpsNode.start(
                frp,
                folder,
                FrpsNode.plugin("stealing", stealing.address(), "/", List.of("Login")),
                plugin(FrpsNode.ALL_OPERATIONS))) {
      other.client(thief, thiefToken, "").await("This run id belongs to another account's session");
    }
    Visitor.echoTcp(port(7));
  }

  @Test
  void imposedBandwidthSlowsTheStream() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    node.client(user, token, FrpsNode.tcp("free", backends.tcpPort(), port(8)))
        .await("start proxy success");
    admin.put("accounts/" + user + "/imposition", "{\"bandwidthLimit\":\"50KB\"}");
    node.client(user, token, FrpsNode.tcp("slow", backends.tcpPort(), port(9)))
        .await("start proxy success");
    int bytes = 150 * 1024;
    Duration free = Visitor.timeTcp(port(8), bytes);
    Duration slow = Visitor.timeTcp(port(9), bytes);
    // both directions share the 50 KB a second, and one second's worth passes at once
    assertTrue(slow.compareTo(Duration.ofSeconds(3)) > 0, "took only " + slow);
    assertTrue(slow.compareTo(free.multipliedBy(3)) > 0, slow + " is not much above " + free);
  }

  @Test
  void closeProxyFreesTheLease() throws IOException {
    String first = newName();
    String second = newName();
    String firstToken = admin.account(first, ports());
    String secondToken = admin.account(second, ports());
    LoggedProcess holder =
        node.client(first, firstToken, FrpsNode.tcp("echo", backends.tcpPort(), port(10)));
    holder.await("start proxy success");
    node.client(second, secondToken, FrpsNode.tcp("echo", backends.tcpPort(), port(10)))
        .await("The tcp port " + port(10) + " is held by another account's proxy");
    holder.close();
    admin.await(
        "leases?held=false&account=" + first,
        lease -> lease.getString("proxyName").equals(first + ".echo"));
    node.client(second, secondToken, FrpsNode.tcp("echo", backends.tcpPort(), port(10)))
        .await("start proxy success");
    Visitor.echoTcp(port(10));
  }

  /** What frpc says when its heartbeat is refused. */
  abstract String pingRefused();

  @Test
  void pingsAreSeenAndRefused() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    LoggedProcess client = node.client(user, token, "transport.heartbeatInterval = 1");
    client.await("login to server success");
    String seen = seenAt(user);
    admin.await("sessions?account=" + user, s -> !s.getString("seenAt").equals(seen));
    int mark = client.mark();
    admin.patch("accounts/" + user, "{\"enabled\":false}");
    client.awaitAfter(mark, pingRefused());
    client.awaitAfter(mark, "connect to server error: Portcullis does not admit");
    admin.await(
        "audit?code=authentication.account-disabled",
        e -> e.getString("operation").equals("Ping") && e.getString("account").equals(user));
  }

  @Test
  void userConnectionsAreSeenAndRefused() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    node.client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(11)))
        .await("start proxy success");
    String seen = seenAt(user);
    Visitor.echoTcp(port(11));
    admin.await("sessions?account=" + user, s -> !s.getString("seenAt").equals(seen));
    admin.patch("accounts/" + user, "{\"enabled\":false}");
    assertTrue(Visitor.isTurnedAway(port(11)));
    admin.await(
        "audit?code=authentication.account-disabled",
        e ->
            e.getString("operation").equals("NewUserConn")
                && e.getString("target").equals(user + ".echo"));
    admin.patch("accounts/" + user, "{\"enabled\":true}");
    Visitor.echoTcp(port(11));
  }

  @Test
  void workConnectionsAreRefused() throws IOException {
    String user = newName();
    String token = admin.account(user, "domain web." + user + ".test");
    LoggedProcess client =
        node.client(
            user,
            token,
            FrpsNode.proxy(
                "web",
                "http",
                backends.httpPort(),
                "customDomains = [\"web.%s.test\"]".formatted(user)));
    client.await("start proxy success");
    admin.patch("accounts/" + user, "{\"enabled\":false}");
    // the first takes the connection that was in reserve, and asks for another
    Visitor.http(node.httpPort(), "web." + user + ".test");
    client.await("StartWorkConn contains error: Portcullis does not admit");
    admin.await(
        "audit?code=authentication.account-disabled",
        e -> e.getString("operation").equals("NewWorkConn") && e.getString("account").equals(user));
  }

  @Test
  void aRevokedTokenEndsTheSession() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    node.client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(12)))
        .await("start proxy success");
    String id =
        admin.get("accounts/" + user).getJsonArray("credentials").getJsonObject(0).getString("id");
    admin.delete("accounts/" + user + "/credentials/" + id);
    assertTrue(Visitor.isTurnedAway(port(12)));
  }

  @Test
  void sessionsOutliveARestartOfPortcullis() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    LoggedProcess client =
        node.client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(13)));
    client.await("start proxy success");
    int port = portcullis.port();
    portcullis.close();
    assertTrue(Visitor.isTurnedAway(port(13)), "frp fails closed while Portcullis is away");
    LoggedProcess late = node.client(user, token, "");
    late.await("send Login request to plugin error");
    portcullis = PortcullisProcess.start(data, port, SETTINGS);
    Visitor.echoTcp(port(13));
    client.close();
    admin.await(
        "leases?held=false&account=" + user,
        lease -> lease.getString("proxyName").equals(user + ".echo"));
  }

  @Test
  void leasesSurviveAKilledPortcullis() throws IOException {
    String user = newName();
    String thief = newName();
    String token = admin.account(user, ports());
    String thiefToken = admin.account(thief, ports());
    node.client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(14)))
        .await("start proxy success");
    int port = portcullis.port();
    // H2 writes out twice a second
    Pause.millis(1_500);
    portcullis.kill();
    portcullis = PortcullisProcess.start(data, port, SETTINGS);
    node.client(thief, thiefToken, FrpsNode.tcp("echo", backends.tcpPort(), port(14)))
        .await("The tcp port " + port(14) + " is held by another account's proxy");
    Visitor.echoTcp(port(14));
  }

  @Test
  void aWrongNodeSecretFailsClosed() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    String wrong = "http://frps:wrong@127.0.0.1:" + portcullis.port();
    try (FrpsNode other =
        FrpsNode.start(
            frp,
            folder,
            FrpsNode.plugin("portcullis", wrong, "/handler", FrpsNode.ALL_OPERATIONS))) {
      other.client(user, token, "").await("send Login request to plugin error");
      other.frps().await("do http request error code: 401");
      assertTrue(other.frps().isAlive());
    }
    admin.await("audit?code=node.unauthenticated", e -> e.getString("node").equals("frps"));
    assertTrue(admin.get("counters").getInt("node.unauthenticated") > 0);
  }

  @Test
  void aSecretInThePathAdmitsTheNode() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    try (FrpsNode other =
        FrpsNode.start(
            frp,
            folder,
            FrpsNode.plugin(
                "portcullis",
                "127.0.0.1:" + portcullis.port(),
                "/handler/frps/" + secret,
                FrpsNode.ALL_OPERATIONS))) {
      other
          .client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(15)))
          .await("start proxy success");
      Visitor.echoTcp(port(15));
    }
  }

  @Test
  void portcullisIsReachedOverTlsWithASelfSignedCertificate() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    try (TlsFront front = new TlsFront(portcullis.port())) {
      String address = "https://frps:" + secret + "@127.0.0.1:" + front.port();
      String block = FrpsNode.plugin("portcullis", address, "/handler", FrpsNode.ALL_OPERATIONS);
      try (FrpsNode trusting = FrpsNode.start(frp, folder, block)) {
        trusting
            .client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(16)))
            .await("start proxy success");
        Visitor.echoTcp(port(16));
      }
      try (FrpsNode verifying = FrpsNode.start(frp, folder, block + "tlsVerify = true\n")) {
        verifying.client(user, token, "").await("send Login request to plugin error");
        assertTrue(verifying.frps().isAlive());
      }
    }
  }

  @Test
  void withNewProxyAloneTheMetasAuthenticate() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    try (FrpsNode other = FrpsNode.start(frp, folder, plugin(List.of("NewProxy", "CloseProxy")))) {
      LoggedProcess client =
          other.client(
              user,
              token,
              FrpsNode.tcp("echo", backends.tcpPort(), port(17))
                  + FrpsNode.tcp("low", backends.tcpPort(), firstPort - 1));
      client.awaitProxy("echo");
      client.await("The tcp port " + (firstPort - 1) + " is not granted");
      Visitor.echoTcp(port(17));
      other
          .client("nobody", token, FrpsNode.tcp("echo", backends.tcpPort(), port(18)))
          .await("Portcullis does not admit this user");
      client.close();
      admin.await(
          "leases?held=false&account=" + user,
          lease -> lease.getString("proxyName").equals(user + ".echo"));
    }
  }

  @Test
  void severalEntriesOfOneNodeShareTheSession() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    AtomicReference<String> seenToken = new AtomicReference<>("");
    try (OtherPlugin between =
            new OtherPlugin(
                login -> {
                  seenToken.set(login.getJsonObject("metas").getString("token", "gone"));
                  return login;
                });
        FrpsNode other =
            FrpsNode.start(
                frp,
                folder,
                FrpsNode.plugin("user-manager", address(), "/handler", List.of("Login")),
                FrpsNode.plugin("between", between.address(), "/", List.of("Login")),
                FrpsNode.plugin("port-manager", address(), "/handler/frps", List.of("NewProxy")))) {
      other
          .client(user, token, FrpsNode.tcp("echo", backends.tcpPort(), port(19)))
          .await("start proxy success");
      Visitor.echoTcp(port(19));
    }
    assertEquals("gone", seenToken.get(), "the token goes no further than Portcullis");
  }

  @Test
  void theOldIniConfigurationWorks() throws IOException {
    String user = newName();
    String token = admin.account(user, ports());
    int port = Ports.free();
    admin.post(
        "accounts/" + user + "/grants", "{\"kind\":\"tcp-port\",\"value\":\"%d\"}".formatted(port));
    String ini =
        """
        [plugin.user-manager]
        addr = frps:%s@127.0.0.1:%d
        path = /handler
        ops = Login
        [plugin.port-manager]
        addr = frps:%1$s@127.0.0.1:%2$d
        path = /handler
        ops = NewProxy,CloseProxy
        """
            .formatted(secret, portcullis.port());
    try (FrpsNode other = FrpsNode.startIni(frp, folder, ini)) {
      other
          .clientIni(
              user,
              token,
              """
              [echo]
              type = tcp
              local_ip = 127.0.0.1
              local_port = %d
              remote_port = %d
              """
                  .formatted(backends.tcpPort(), port))
          .await("start proxy success");
      Visitor.echoTcp(port);
    }
  }

  private String seenAt(String user) throws IOException {
    return admin.await("sessions?account=" + user, s -> true).getString("seenAt");
  }

  private static JsonObject with(JsonObject login, String member, String value) {
    return Json.createObjectBuilder(login).add(member, value).build();
  }
}
