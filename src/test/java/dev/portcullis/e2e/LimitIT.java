package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.geo.Mmdb;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the policy limits is limited, for a real frps, its clients and their visitors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitIT {
  private Path folder;
  private Path countries;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private Backends backends;
  private FrpsNode node;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    countries = Mmdb.ofCountries().country("192.0.2.0/24", "DE").write(folder.resolve("c.mmdb"));
    backends = new Backends();
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"),
            0,
            Map.of(
                "portcullis.sign-in-failures",
                "3",
                "portcullis.geo",
                countries.toString(),
                // how many win is asked for here, not how fast
                "portcullis.answer-budget",
                "PT8S"));
    admin = portcullis.admin();
    calls = portcullis.node("frps");
    node =
        FrpsNode.start(
            Frp.V0_70_1,
            folder,
            FrpsNode.plugin(
                "portcullis",
                "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
                "/handler",
                FrpsNode.ALL_OPERATIONS));
  }

  @AfterAll
  void stop() throws IOException {
    node.close();
    portcullis.close();
    backends.close();
  }

  @AfterEach
  void clear() throws IOException {
    node.stopClients();
    admin.choose(0);
  }

  private JsonObject activate(String document) throws IOException {
    return admin.activate(document);
  }

  private LoggedProcess client(String user, String token, String proxies) throws IOException {
    return node.client(user, token, "loginFailExit = false\n" + proxies);
  }

  @Test
  void clientBeyondTheNumberOfSessionsIsToldSoAndGetsInWhenAnotherStops() throws Exception {
    int port = Ports.block(3);
    String token = admin.account("sessions", "tcp-port %d-%d".formatted(port, port + 2));
    activate("limits: [{name: two, for: {accounts: [sessions]}, sessions: 2}]");
    LoggedProcess first = client("sessions", token, FrpsNode.tcp("a", backends.tcpPort(), port));
    LoggedProcess second =
        client("sessions", token, FrpsNode.tcp("b", backends.tcpPort(), port + 1));
    first.awaitProxy("a");
    second.awaitProxy("b");
    LoggedProcess third =
        client("sessions", token, FrpsNode.tcp("c", backends.tcpPort(), port + 2));
    third.await("'sessions' has 2 of 2 sessions (limit 'two'). Stop one");
    first.close();
    // at its next attempt
    third.awaitProxy("c");
    Visitor.echoTcp(port + 2);
    Visitor.echoTcp(port + 1);
  }

  @Test
  void clientThatIsRestartedFindsItsPlaceFree() throws Exception {
    int port = Ports.free();
    String token = admin.account("restarts", "tcp-port " + port);
    activate("limits: [{name: one, for: {accounts: [restarts]}, sessions: 1}]");
    for (int i = 0; i < 3; i++) {
      LoggedProcess client =
          node.client("restarts", token, FrpsNode.tcp("a", backends.tcpPort(), port));
      client.awaitProxy("a");
      client.close();
      admin.await(
          "leases?account=restarts&held=false",
          lease -> lease.getString("proxyName").equals("restarts.a"));
    }
  }

  @Test
  void proxyBeyondTheNumberIsRefusedAndOpensWhenOneIsClosed() throws Exception {
    String token = admin.account("proxies", "tcp-port 7000-7009");
    activate(
        "limits: [{name: some, for: {accounts: [proxies]}, proxies: 2, types: {http: 0}, ports: 1}]");
    assertFalse(calls.newTcpProxy("proxies", token, "r1", "a", 7000).getBoolean("reject"));
    assertFalse(calls.newTcpProxy("proxies", token, "r1", "a", 7000).getBoolean("reject"), "again");
    assertEquals(
        "'proxies' has 1 of 1 ports in use (limit 'some'). Close one, or ask whoever runs the server for more.",
        NodeCalls.reason(calls.newTcpProxy("proxies", token, "r1", "b", 7001)));
    assertEquals(
        "'proxies' has 1 of 1 ports in use (limit 'some'). Close one, or ask whoever runs the server for more.",
        NodeCalls.reason(calls.newTcpProxy("proxies", token, "r1", "b", 0)));
    activate("limits: [{name: some, for: {accounts: [proxies]}, proxies: 2}]");
    assertFalse(calls.newTcpProxy("proxies", token, "r1", "b", 7001).getBoolean("reject"));
    assertTrue(
        calls
            .newTcpProxy("proxies", token, "r2", "c", 7002)
            .getString("reject_reason")
            .startsWith("'proxies' has 2 of 2 proxies open (limit 'some')."));
    calls.ask(
        "CloseProxy",
        "{\"user\":{\"user\":\"proxies\",\"metas\":{\"token\":\"%s\"},\"run_id\":\"r1\"},\"proxy_name\":\"proxies.b\"}"
            .formatted(token));
    assertFalse(calls.newTcpProxy("proxies", token, "r2", "c", 7002).getBoolean("reject"));
  }

  @Test
  void ofManyThatAskAtOnceOnlyAsManyGetInAsTheLimitSays() throws Exception {
    String token = admin.account("races", "tcp-port 7100-7199");
    activate("limits: [{name: five, for: {accounts: [races]}, sessions: 7, proxies: 5}]");
    // who asks while a policy is read is judged by the one before
    String first = calls.login("races", token, "").getJsonObject("content").getString("run_id");
    List<JsonObject> logins = atOnce(40, i -> calls.login("races", token, ""));
    assertEquals(6, allowed(logins), logins::toString);
    List<String> runIds = new ArrayList<>(List.of(first));
    runIds.addAll(
        logins.stream()
            .filter(answer -> !answer.getBoolean("reject"))
            .map(answer -> answer.getJsonObject("content").getString("run_id"))
            .toList());
    List<JsonObject> proxies =
        atOnce(40, i -> calls.newTcpProxy("races", token, runIds.get(i % 7), "p" + i, 7100 + i));
    assertEquals(5, allowed(proxies), proxies::toString);
    assertEquals(5, admin.items("leases?account=races").size());
    // the same logins again are none more
    for (String runId : runIds) {
      assertFalse(calls.login("races", token, runId).getBoolean("reject"));
    }
  }

  private interface Question {
    JsonObject ask(int number) throws IOException;
  }

  private static List<JsonObject> atOnce(int times, Question question) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Callable<JsonObject>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        all.add(() -> question.ask(number));
      }
      List<JsonObject> answers = new ArrayList<>();
      for (Future<JsonObject> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long allowed(List<JsonObject> answers) {
    return answers.stream().filter(answer -> !answer.getBoolean("reject")).count();
  }

  @Test
  void trafficGoesAsSlowlyAsTheLimitSays() throws Exception {
    int port = Ports.block(2);
    String token = admin.account("slow", "tcp-port %d-%d".formatted(port, port + 1));
    activate("limits: [{name: slow, for: {accounts: [slow]}, bandwidth: 100KB}]");
    LoggedProcess client =
        client(
            "slow",
            token,
            FrpsNode.tcp("a", backends.tcpPort(), port)
                + FrpsNode.tcp("b", backends.tcpPort(), port + 1)
                + "transport.bandwidthLimit = \"10MB\"\ntransport.bandwidthLimitMode = \"server\"\n");
    client.awaitProxy("a");
    client.awaitProxy("b");
    for (int which : List.of(port, port + 1)) {
      // there and back, but for what may come at once
      long millis = Visitor.timeTcp(which, 250 * 1024).toMillis();
      assertTrue(millis > 3_000, "too fast: " + millis + " ms");
      assertTrue(millis < 20_000, "too slow: " + millis + " ms");
    }
  }

  @Test
  void visitorIsHeldToItsRateThenBannedAndLetInWhenTheBanIsLiftedOrOver() throws Exception {
    int port = Ports.free();
    String token = admin.account("visited", "tcp-port " + port);
    activate(
        """
        limits:
          - name: few
            for: {accounts: [visited]}
            connections: {per-visitor: 2/3s}
            bans: {after: 2, first: PT6S, factor: 100, longest: PT10M}
        """);
    client("visited", token, FrpsNode.tcp("a", backends.tcpPort(), port)).awaitProxy("a");
    Visitor.echoTcp(port);
    Visitor.echoTcp(port);
    assertTrue(Visitor.isTurnedAway(port), "beyond the rate");
    Pause.millis(3_100);
    Visitor.echoTcp(port);
    Visitor.echoTcp(port);
    assertTrue(Visitor.isTurnedAway(port), "beyond the rate again: banned");
    JsonObject ban = admin.await("bans?account=visited", any -> true);
    assertEquals("127.0.0.1", ban.getString("visitor"));
    assertEquals("few", ban.getString("limit"));
    assertEquals(1, ban.getInt("times"));
    assertEquals(List.of(), admin.items("bans?account=other"));
    OffsetDateTime end = OffsetDateTime.parse(ban.getString("endsAt"));
    Pause.millis(
        Math.max(0, Duration.between(OffsetDateTime.now(end.getOffset()), end).toMillis() - 1_500));
    assertTrue(Visitor.isTurnedAway(port), "banned, though the window has passed");
    admin.await(
        "audit?outcome=REJECTED&account=visited",
        event -> event.getString("code").equals("limit.banned"));
    Pause.millis(2_000);
    Visitor.echoTcp(port);
    Visitor.echoTcp(port);
    assertTrue(Visitor.isTurnedAway(port));
    Pause.millis(3_100);
    Visitor.echoTcp(port);
    Visitor.echoTcp(port);
    assertTrue(Visitor.isTurnedAway(port), "banned for the second time");
    JsonObject longer = admin.await("bans?account=visited", again -> again.getInt("times") == 2);
    Pause.millis(3_100);
    assertTrue(Visitor.isTurnedAway(port), "for much longer");
    admin.delete("bans/" + longer.getString("id"));
    assertEquals(404, admin.call("DELETE", "bans/" + longer.getString("id"), "").statusCode());
    Pause.millis(1_000);
    Visitor.echoTcp(port);
    admin.await("audit?kind=ADMIN", event -> event.getString("operation").equals("ban.lift"));
  }

  @Test
  void proxyTakesNoMoreConnectionsThanItsRate() throws Exception {
    int port = Ports.free();
    String token = admin.account("busy", "tcp-port " + port);
    activate("limits: [{name: busy, for: {accounts: [busy]}, connections: {per-proxy: 3/1h}}]");
    client("busy", token, FrpsNode.tcp("a", backends.tcpPort(), port)).awaitProxy("a");
    for (int i = 0; i < 3; i++) {
      Visitor.echoTcp(port);
    }
    assertTrue(Visitor.isTurnedAway(port));
    assertEquals(List.of(), admin.items("bans?account=busy"));
  }

  @Test
  void visitorIsTurnedAwayByItsAddressAndItsCountry() throws Exception {
    int port = Ports.free();
    String token = admin.account("places", "tcp-port " + port);
    client("places", token, FrpsNode.tcp("a", backends.tcpPort(), port)).awaitProxy("a");
    Visitor.echoTcp(port);
    activate(
        "rules: [{name: n, deny: {accounts: [places]}, visitors: {addresses: [127.0.0.0/8]}}]");
    assertTrue(Visitor.isTurnedAway(port));
    JsonObject saved =
        activate("rules: [{name: c, deny: {accounts: [places]}, visitors: {countries: [DE]}}]");
    assertEquals(List.of(), saved.getJsonArray("findings"));
    Visitor.echoTcp(port);
    Mmdb.ofCountries().country("127.0.0.0/8", "DE").write(countries);
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!Visitor.isTurnedAway(port)) {
      assertTrue(System.nanoTime() < end, "the new file is not read");
      Pause.millis(500);
    }
    assertTrue(
        activate("rules: [{name: c, deny: {accounts: [places]}, visitors: {asns: [1]}}]")
            .getJsonArray("findings")
            .toString()
            .contains("no file of portcullis.geo tells them"));
    assertTrue(Visitor.isTurnedAway(port), "nobody can tell");
  }

  @Test
  void strangerWhoGuessesWaitsLongerAndLongerWhileTheOwnerGetsIn() throws Exception {
    int port = Ports.free();
    String token = admin.account("guessed", "tcp-port " + port);
    // from 127.0.0.1
    LoggedProcess owner =
        node.client("guessed", token, FrpsNode.tcp("a", backends.tcpPort(), port));
    owner.awaitProxy("a");
    int waiting = 0;
    for (int i = 0; i < 60; i++) {
      String reason =
          calls
              .ask("Login", login("guessed", "guess" + i, "198.51.100." + i / 10 + ":1"))
              .getString("reject_reason");
      waiting += reason.contains("Try again in") ? 1 : 0;
    }
    assertTrue(waiting > 40, "made to wait " + waiting + " times");
    assertTrue(
        calls
            .ask("Login", login("guessed", token, "203.0.113.1:1"))
            .getString("reject_reason")
            .contains("Try again in"),
        "the right token from where the owner never was");
    Visitor.echoTcp(port);
    owner.close();
    LoggedProcess again =
        node.client("guessed", token, FrpsNode.tcp("a", backends.tcpPort(), port));
    again.awaitProxy("a");
    Visitor.echoTcp(port);
    admin.await(
        "audit?outcome=REJECTED",
        event -> event.getString("code").equals("authentication.throttled"));
  }

  @Test
  void clientThatFailsTooOftenIsToldHowLongToWait() throws Exception {
    admin.account("mistyped");
    LoggedProcess client = client("mistyped", "wrong", "");
    client.await("Portcullis does not admit this user with this secret");
    // until one of the client's own attempts falls into a pause
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (client.log().stream().noneMatch(line -> line.contains("Try again in "))) {
      assertTrue(System.nanoTime() < end, "never told");
      calls.ask("Login", login("mistyped", "guess", "127.0.0.1:9"));
      Pause.millis(250);
    }
  }

  private static String login(String user, String token, String address) {
    return """
        {"version":"0.70.1","os":"linux","arch":"amd64","user":"%s","run_id":"",
         "metas":{"token":"%s"},"client_spec":{},"pool_count":1,"client_address":"%s"}
        """
        .formatted(user, token, address);
  }
}
