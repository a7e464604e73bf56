package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Locks hold off, say why, and end; with the real frps and frpc where they see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockIT {
  private static final String MESSAGE = "Your machine is on the list of incident 7. Call 1234.";

  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private FrpsNode node;
  private Backends backends;
  private int firstPort;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    backends = new Backends();
    firstPort = Ports.block(3);
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"),
            0,
            Map.of("portcullis.renewal-interval", "PT0.2S", "portcullis.answer-budget", "PT5S"));
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

  private String lock(String target) throws IOException {
    return admin
        .post("locks", "{%s,\"message\":\"%s\"}".formatted(target, MESSAGE))
        .getString("id");
  }

  @Test
  void clientIsPutOutByItsNextPingReadsWhyAndComesBackWhenTheLockIsLifted() throws IOException {
    String token = admin.account("pinging", "tcp-port " + firstPort);
    LoggedProcess client =
        node.client(
            "pinging",
            token,
            "loginFailExit = false\ntransport.heartbeatInterval = 1\n"
                + FrpsNode.tcp("echo", backends.tcpPort(), firstPort));
    client.awaitProxy("echo");
    Visitor.echoTcp(firstPort);
    int mark = client.mark();
    String lock = lock("\"account\":\"pinging\"");
    client.awaitAfter(mark, "pong message contains error: " + MESSAGE);
    // it tries to come back, and reads the same
    client.awaitAfter(client.mark(), MESSAGE);
    JsonObject ladder =
        admin.await(
            "accounts/pinging/ladder", told -> KickIT.rung(told, 3).containsKey("refusedAt"));
    assertTrue(KickIT.rung(ladder, 0).containsKey("refusedAt"), ladder::toString);
    assertTrue(ladder.getJsonArray("heldOffBy").getString(0).contains(MESSAGE), ladder::toString);
    mark = client.mark();
    admin.delete("locks/" + lock);
    client.awaitAfter(mark, "start proxy success");
    Visitor.echoTcp(firstPort);
  }

  @Test
  void lockOnAnythingTurnsVisitorsAwayAtOnceAlsoWithoutPings() throws IOException {
    String token = admin.account("quiet", "tcp-port " + (firstPort + 1));
    admin.patch("accounts/quiet", "{\"groups\":[\"night shift\"]}");
    LoggedProcess client =
        node.client("quiet", token, FrpsNode.tcp("echo", backends.tcpPort(), firstPort + 1));
    client.awaitProxy("echo");
    for (String target :
        List.of(
            "\"account\":\"quiet\"",
            "\"group\":\"night shift\"",
            "\"address\":\"127.0.0.0/8\"",
            "\"proxy\":\"quiet.echo\"",
            "\"proxy\":\"quiet.*\",\"node\":\"frps\"",
            "\"node\":\"frps\"")) {
      Visitor.echoTcp(firstPort + 1);
      String lock = lock(target);
      assertTrue(Visitor.isTurnedAway(firstPort + 1), target);
      admin.delete("locks/" + lock);
    }
    admin.post("nodes", "{\"name\":\"another\"}");
    lock("\"proxy\":\"quiet.*\",\"node\":\"another\"");
    Visitor.echoTcp(firstPort + 1);
    assertFalse(
        admin.items("audit?account=quiet&outcome=REJECTED&limit=500").stream()
            .noneMatch(event -> event.getString("reason").equals(MESSAGE)));
  }

  @Test
  void messageIsTheReasonOfEveryOperationUntilTheLockExpires() throws IOException {
    String token = admin.account("expiring", "tcp-port 7300");
    JsonObject metas =
        calls.login("expiring", token, "").getJsonObject("content").getJsonObject("metas");
    OffsetDateTime end = OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(4);
    admin.post(
        "locks",
        "{\"account\":\"expiring\",\"message\":\"%s\",\"expiresAt\":\"%s\"}"
            .formatted(MESSAGE, end));
    for (JsonObject answer : KickIT.later(calls, "expiring", metas, 7300)) {
      assertEquals(MESSAGE, NodeCalls.reason(answer));
    }
    assertEquals(MESSAGE, NodeCalls.reason(calls.login("expiring", token, "")));
    while (KickIT.later(calls, "expiring", metas, 7300).get(0).getBoolean("reject")) {
      assertTrue(OffsetDateTime.now(ZoneOffset.UTC).isBefore(end.plusSeconds(2)));
      Pause.millis(50);
    }
    assertFalse(OffsetDateTime.now(ZoneOffset.UTC).isBefore(end));
  }

  @Test
  void operatorLocksAndLiftsAndAnAuditorOnlyReads() throws IOException {
    AdminApi operator = new AdminApi(admin.address(), "operator", TestUsers.PASSWORD);
    AdminApi auditor = new AdminApi(admin.address(), "auditor", TestUsers.PASSWORD);
    String wish = "{\"group\":\"nobody\",\"message\":\"No.\"}";
    assertEquals(403, auditor.call("POST", "locks", wish).statusCode());
    JsonObject made = operator.post("locks", wish);
    assertEquals("operator", made.getString("author"));
    assertEquals("nobody", made.getString("group"));
    String path = "locks/" + made.getString("id");
    assertTrue(auditor.items("locks?limit=500").contains(made));
    assertEquals(403, auditor.call("DELETE", path, "").statusCode());
    operator.delete(path);
    assertEquals(404, operator.call("DELETE", path, "").statusCode());
    assertFalse(auditor.items("locks?limit=500").contains(made));
    for (String action : List.of("lock.create", "lock.lift")) {
      JsonObject event =
          admin.await(
              "audit?kind=ADMIN&limit=500",
              e ->
                  e.getString("operation").equals(action)
                      && e.getString("target").equals("group nobody"));
      assertEquals("operator", event.getString("actor"));
    }
  }

  @Test
  void lockThatWouldHoldNobodyOffIsRefused() throws IOException {
    for (String wish :
        List.of(
            "{\"account\":\"nobody-of-that-name\",\"message\":\"No.\"}",
            "{\"node\":\"nobody-of-that-name\",\"message\":\"No.\"}",
            "{\"proxy\":\"a.b\",\"node\":\"nobody-of-that-name\",\"message\":\"No.\"}",
            "{\"message\":\"No.\"}",
            "{\"group\":\"g\"}",
            "{\"address\":\"10.0.0.1/8\",\"message\":\"No.\"}",
            "{\"group\":\"g\",\"message\":\"No.\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")) {
      assertEquals(400, admin.call("POST", "locks", wish).statusCode(), wish);
    }
  }

  @Test
  void listsPartByPart() throws IOException {
    for (int i = 0; i < 3; i++) {
      admin.post("locks", "{\"group\":\"page %d\",\"message\":\"No.\"}".formatted(i));
    }
    JsonObject first = admin.get("locks?limit=2");
    assertEquals(2, first.getJsonArray("items").size());
    JsonObject rest = admin.get("locks?limit=500&after=" + first.getString("next"));
    assertEquals(
        "page 2",
        rest.getJsonArray("items")
            .getJsonObject(rest.getJsonArray("items").size() - 1)
            .getString("group"));
  }
}
