package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas share nothing but a database: what one is told, the other knows within a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {
  /** A second, and what a busy machine may add. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private PortcullisProcess one;
  private PortcullisProcess other;
  private AdminApi admin;
  private NodeCalls atOne;
  private NodeCalls atOther;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Map<String, String> shared =
        new HashMap<>(DatabaseServers.fresh(TestDatabase.Product.POSTGRESQL).settings());
    shared.put("portcullis.key", TestedServer.KEY);
    // who loses a race is asked for here, not who is slow
    shared.put("portcullis.answer-budget", "PT50S");
    one = PortcullisProcess.start(folder.resolve("one"), 0, shared);
    other = PortcullisProcess.start(folder.resolve("other"), 0, shared);
    admin = one.admin();
    atOne = one.node("frps");
    atOther = new NodeCalls(other.address(), atOne.node(), atOne.secret());
    assertSoon(() -> atOther.post("/handler", "{}".getBytes(UTF_8)).statusCode() == 200);
  }

  @AfterAll
  void stop() {
    one.close();
    other.close();
  }

  @Test
  void accessTokenThatIsRevokedAtOneEndsAtTheOther() throws Exception {
    JsonObject made =
        admin.post("access-tokens", "{\"label\":\"backup\",\"role\":\"portcullis-auditor\"}");
    String bearer = "Bearer " + made.getString("token");
    BrowserCalls machine = new BrowserCalls(other.address(), "");
    assertEquals(200, machine.get("/api/v1/nodes", "Authorization", bearer).statusCode());
    admin.delete("access-tokens/" + made.getString("id"));
    assertSoon(() -> machine.get("/api/v1/nodes", "Authorization", bearer).statusCode() == 401);
  }

  @Test
  void browserGoesFromOneToTheOtherAndSignsOutOfBoth() throws Exception {
    BrowserCalls atFirst = BrowserCalls.signedIn(one.address(), "auditor");
    BrowserCalls then = new BrowserCalls(other.address(), atFirst.cookie());
    assertEquals(200, then.get("/api/v1/me").statusCode());
    atFirst.post("/sign-out", Map.of());
    assertSoon(() -> then.get("/api/v1/me").statusCode() == 401);
  }

  @Test
  void accountThatIsDisabledAtOneIsRefusedAtTheOther() throws Exception {
    String token = admin.account("disabled", "tcp-port 6100");
    assertFalse(atOther.newTcpProxy("disabled", token, "run-1", "p", 6100).getBoolean("reject"));
    admin.patch("accounts/disabled", "{\"enabled\":false}");
    assertSoon(
        () -> atOther.newTcpProxy("disabled", token, "run-1", "p", 6100).getBoolean("reject"));
  }

  @Test
  void lockThatIsSetAndLiftedAtOneCountsAtTheOther() throws Exception {
    String token = admin.account("locked", "tcp-port 6150");
    assertFalse(atOther.newTcpProxy("locked", token, "run-4", "p", 6150).getBoolean("reject"));
    String lock =
        admin.post("locks", "{\"account\":\"locked\",\"message\":\"Not now.\"}").getString("id");
    assertSoon(() -> atOther.newTcpProxy("locked", token, "run-4", "p", 6150).getBoolean("reject"));
    admin.delete("locks/" + lock);
    assertSoon(
        () -> !atOther.newTcpProxy("locked", token, "run-4", "p", 6150).getBoolean("reject"));
  }

  @Test
  void sessionThatIsKickedAtOneIsRefusedAtTheOtherAndBothTellIt() throws Exception {
    String token = admin.account("kicked", "tcp-port 6160");
    assertFalse(atOther.newTcpProxy("kicked", token, "run-5", "p", 6160).getBoolean("reject"));
    admin.post("sessions/run-5/kick", "{}");
    String visit =
        """
        {"user":{"user":"kicked","metas":{"token":"%s"},"run_id":"run-5"},
         "proxy_name":"kicked.p","proxy_type":"tcp","remote_addr":"192.0.2.9:1"}
        """
            .formatted(token);
    assertSoon(() -> atOther.ask("NewUserConn", visit).getBoolean("reject"));
    AdminApi otherAdmin = other.admin();
    for (AdminApi replica : List.of(admin, otherAdmin)) {
      replica.await(
          "accounts/kicked/ladder",
          told ->
              told.getJsonArray("heldOffBy").size() == 1
                  && KickIT.rung(told, 2).containsKey("refusedAt"));
    }
  }

  @Test
  void grantThatIsTakenAwayAtOneIsGoneAtTheOther() throws Exception {
    String token = admin.account("poorer", "tcp-port 6200");
    assertFalse(atOther.newTcpProxy("poorer", token, "run-2", "p", 6200).getBoolean("reject"));
    String grant =
        admin.get("accounts/poorer").getJsonArray("grants").getJsonObject(0).getString("id");
    admin.delete("accounts/poorer/grants/" + grant);
    assertSoon(() -> atOther.newTcpProxy("poorer", token, "run-2", "q", 6200).getBoolean("reject"));
  }

  @Test
  void clientMovesFromOneToTheOtherWithoutSigningInAgain() throws IOException {
    String token = admin.account("mover", "tcp-port 6300");
    JsonObject metas =
        atOne.login("mover", token, "run-3").getJsonObject("content").getJsonObject("metas");
    JsonObject answer =
        atOther.ask(
            "NewProxy",
            """
            {"user":{"user":"mover","metas":%s,"run_id":"run-3"},
             "proxy_name":"mover.p","proxy_type":"tcp","remote_port":6300}
            """
                .formatted(metas));
    assertFalse(answer.getBoolean("reject"), answer::toString);
  }

  @Test
  void onePortGoesToOneOfTwoWhoAskDifferentReplicas() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      String left = admin.account("left", "tcp-port 6400-6419");
      String right = admin.account("right", "tcp-port 6400-6419");
      for (int port = 6400; port < 6420; port++) {
        int wanted = port;
        List<Callable<JsonObject>> calls =
            List.of(
                () -> atOne.newTcpProxy("left", left, "run-l", "p" + wanted, wanted),
                () -> atOther.newTcpProxy("right", right, "run-r", "p" + wanted, wanted));
        List<JsonObject> answers = new ArrayList<>();
        for (Future<JsonObject> answer : threads.invokeAll(calls)) {
          answers.add(answer.get());
        }
        assertEquals(
            1,
            answers.stream().filter(answer -> !answer.getBoolean("reject")).count(),
            answers::toString);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void visitorWhoIsBannedAtOneIsTurnedAwayByTheOtherAndLetInWhenThatIsTakenBack() throws Exception {
    String token = admin.account("visited");
    admin.activate(
        """
        limits:
          - name: three
            for: {accounts: [visited]}
            connections: {per-visitor: 3/1h}
            bans: {after: 1, first: PT1H, longest: PT1H}
        """);
    // each from another address of one network
    for (int i = 0; i < 4; i++) {
      visit(atOne, token);
    }
    assertTrue(visit(atOne, token).startsWith("This address has come too often"));
    Pause.millis(SOON.toMillis());
    // the first that the other sees of this visitor
    assertTrue(visit(atOther, token).startsWith("This address has come too often"));
    JsonObject ban = admin.await("bans?account=visited", any -> true);
    assertEquals("2001:db8:0:0:0:0:0:0/64", ban.getString("visitor"));
    admin.delete("bans/" + ban.getString("id"));
    Pause.millis(SOON.toMillis());
    assertEquals("", visit(atOther, token));
  }

  private int visits;

  private String visit(NodeCalls frps, String token) throws IOException {
    return frps.ask(
            "NewUserConn",
            """
            {"user":{"user":"visited","metas":{"token":"%s"},"run_id":"run-v"},
             "proxy_name":"visited.p","proxy_type":"tcp","remote_addr":"[2001:db8::%x]:1"}
            """
                .formatted(token, ++visits))
        .getString("reject_reason", "");
  }

  @Test
  void sessionsAreCountedOverBoth() throws Exception {
    String token = admin.account("counted");
    String none = admin.account("none");
    admin.activate(
        """
        limits:
          - {name: three, for: {accounts: [counted]}, sessions: 3}
          - {name: none, for: {accounts: [none]}, sessions: 0}
        """);
    // who asks while a policy is read is judged by the one before
    assertSoon(() -> atOne.login("none", none, "").getBoolean("reject"));
    assertSoon(() -> atOther.login("none", none, "").getBoolean("reject"));
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Callable<JsonObject>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        NodeCalls frps = i % 2 == 0 ? atOne : atOther;
        calls.add(() -> frps.login("counted", token, ""));
      }
      int allowed = 0;
      for (Future<JsonObject> answer : threads.invokeAll(calls)) {
        allowed += answer.get().getBoolean("reject") ? 0 : 1;
      }
      assertEquals(3, allowed);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSoon(Callable<Boolean> happens) throws Exception {
    long begin = System.nanoTime();
    while (!happens.call()) {
      assertTrue(System.nanoTime() - begin < SOON.toNanos(), "it has not happened after " + SOON);
      Pause.millis(20);
    }
  }
}
