package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for any port gets the one again that he had, and his group one port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortHoldIT {
  private static final Duration LEASE_TIME = Duration.ofSeconds(8);

  private Path folder;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private Backends backends;
  private int nodes;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    start(0);
    calls = portcullis.node("frps");
  }

  private void start(int port) throws IOException {
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"),
            port,
            Map.of(
                "portcullis.lease-time",
                LEASE_TIME.toString(),
                // who gets which port is asked for here, not who is slow
                "portcullis.answer-budget",
                "PT9S"));
    admin = portcullis.admin();
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    backends.close();
  }

  private FrpsNode frps() throws IOException {
    return FrpsNode.start(
        Frp.V0_70_1,
        Files.createDirectories(folder.resolve("frps-" + nodes++)),
        FrpsNode.plugin(
            "portcullis",
            "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
            "/handler",
            FrpsNode.ALL_OPERATIONS));
  }

  private LoggedProcess client(FrpsNode node, String user, String token) throws IOException {
    LoggedProcess client = node.client(user, token, FrpsNode.tcp("web", backends.tcpPort(), 0));
    client.awaitProxy("web");
    return client;
  }

  private int port(String account) throws IOException {
    return admin.await("leases?account=" + account, lease -> true).getInt("remotePort");
  }

  private void awaitReleased(String account) throws IOException {
    admin.await("leases?held=false&account=" + account, lease -> true);
  }

  private String member(String name) throws IOException {
    String token = admin.account(name);
    admin.patch("accounts/" + name, "{\"groups\":[\"holders\"]}");
    return token;
  }

  @Test
  void portOutlivesRestartsOfFrpcAndFrpsAndPortcullisAndIsNotGivenAway() throws Exception {
    int first = Ports.block(4);
    JsonObject saved =
        admin.post(
            "policy/revisions",
            """
            {"base":0,"comment":"","document":"pools: {few: {ports: ['%d-%d'], hold: P30D}}\\nrules: [{name: few, allow: {groups: [holders]}, proxies: {pools: [few]}}]\\n"}
            """
                .formatted(first, first + 3));
    admin.put(
        "policy/active", "{\"revision\":%d,\"instead\":0}".formatted(saved.getInt("revision")));
    String alice = member("alice");
    String bob = member("bob");
    String carol = member("carol");
    try (FrpsNode node = frps()) {
      LoggedProcess ofAlice = client(node, "alice", alice);
      client(node, "bob", bob);
      assertEquals(first, port("alice"));
      assertEquals(first + 1, port("bob"));
      Visitor.echoTcp(first);
      ofAlice.close();
      awaitReleased("alice");
      client(node, "carol", carol);
      assertEquals(first + 2, port("carol"), "alice's port is held for her");
      ofAlice = client(node, "alice", alice);
      assertEquals(first, port("alice"));
      ofAlice.close();
      awaitReleased("alice");
    }
    int address = portcullis.port();
    portcullis.close();
    start(address);
    try (FrpsNode node = frps()) {
      // in another order than before
      client(node, "carol", carol);
      client(node, "bob", bob);
      client(node, "alice", alice);
      assertEquals(first, port("alice"));
      assertEquals(first + 1, port("bob"));
      assertEquals(first + 2, port("carol"));
      Visitor.echoTcp(first);
      // frps dies and tells nobody
      node.frps().kill();
    }
    try (FrpsNode node = frps()) {
      client(node, "carol", carol);
      client(node, "alice", alice);
      assertEquals(first, port("alice"));
      assertEquals(first + 2, port("carol"));
    }
  }

  @Test
  void oldestHoldGivesWayWhenNothingIsFreeAndItsProxyTakesAnotherPort() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      String token = admin.account(name, "tcp-port 8001-8002");
      JsonObject answer = calls.newTcpProxy(name, token, "r-" + name, "p", 0);
      // three takes what one has left before two
      assertEquals(
          name.equals("two") ? 8002 : 8001,
          answer.getJsonObject("content").getInt("remote_port"),
          answer::toString);
      close(name, token, "p");
      if (name.equals("three")) {
        JsonObject other = calls.newTcpProxy(name, token, "r-" + name, "q", 0);
        assertEquals(
            8001, other.getJsonObject("content").getInt("remote_port"), "its own hold first");
      }
    }
  }

  @Test
  void anotherAccountOfTheNameDoesNotInheritTheHold() throws Exception {
    String token = admin.account("again", "tcp-port 8011-8013");
    assertEquals(8011, anyPort("again", token, "p"));
    close("again", token, "p");
    admin.delete("accounts/again");
    assertEquals(8012, anyPort("again", admin.account("again", "tcp-port 8011-8013"), "p"));
  }

  @Test
  void portOfALeaseThatIsNoLongerAliveIsGivenToWhoeverAsksForAny() throws Exception {
    String dead = admin.account("dead", "tcp-port 8021");
    String heir = admin.account("heir", "tcp-port 8021");
    assertEquals(8021, anyPort("dead", dead, "p"));
    JsonObject refused = calls.newTcpProxy("heir", heir, "r-heir", "p", 0);
    assertTrue(refused.getBoolean("reject"), refused::toString);
    Pause.millis(LEASE_TIME.toMillis() + 500);
    assertEquals(8021, anyPort("heir", heir, "p"));
  }

  private int anyPort(String name, String token, String proxy) throws IOException {
    JsonObject answer = calls.newTcpProxy(name, token, "r-" + name, proxy, 0);
    assertTrue(!answer.getBoolean("reject"), answer::toString);
    return answer.getJsonObject("content").getInt("remote_port");
  }

  private void close(String name, String token, String proxy) throws IOException {
    calls.ask(
        "CloseProxy",
        """
        {"user":{"user":"%s","metas":{"token":"%s"},"run_id":"r-%1$s"},"proxy_name":"%1$s.%s"}
        """
            .formatted(name, token, proxy));
  }

  @Test
  void twoClientsOfOneGroupShareAPortThatNeitherHasNamed() throws Exception {
    int first = Ports.block(3);
    String token = admin.account("shared", "tcp-port %d-%d".formatted(first, first + 2));
    String other = admin.account("stranger", "tcp-port %d-%d".formatted(first, first + 2));
    try (Backends second = new Backends();
        FrpsNode node = frps()) {
      LoggedProcess one = node.client("shared", token, grouped("a", backends.httpPort()));
      LoggedProcess two = node.client("shared", token, grouped("b", second.httpPort()));
      one.awaitProxy("a");
      two.awaitProxy("b");
      Set<Integer> ports = new HashSet<>();
      admin.items("leases?account=shared").forEach(lease -> ports.add(lease.getInt("remotePort")));
      assertEquals(1, ports.size(), ports::toString);
      int port = ports.iterator().next();
      Set<Integer> answered = new HashSet<>();
      for (int i = 0; i < 60 && answered.size() < 2; i++) {
        answered.add(backendOf(Visitor.http(port, "any.test")));
      }
      assertEquals(Set.of(backends.httpPort(), second.httpPort()), answered);

      LoggedProcess stranger = node.client("stranger", other, grouped("c", backends.httpPort()));
      stranger.awaitAfter(
          0,
          Pattern.compile("Another account has a load-balancing group of this name here"),
          Duration.ofSeconds(30));

      one.close();
      admin.await(
          "leases?held=false&account=shared",
          lease -> lease.getString("proxyName").equals("shared.a"));
      for (int i = 0; i < 5; i++) {
        assertEquals(second.httpPort(), backendOf(Visitor.http(port, "any.test")));
      }
      assertEquals(port, port("shared"));
      assertNotEquals(port, anyPort("stranger", other, "solo"));
    }
  }

  private static String grouped(String name, int localPort) {
    return FrpsNode.proxy(
        name, "tcp", localPort, "loadBalancer.group = \"blue\"\nloadBalancer.groupKey = \"key\"\n");
  }

  private static int backendOf(String answer) {
    return Pattern.compile("(?im)^backend: (\\d+)")
        .matcher(answer)
        .results()
        .map(found -> Integer.parseInt(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer));
  }
}
