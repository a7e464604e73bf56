package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A session is put out as far as frp allows, and what is told of it is what the visitors see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KickIT {
  private static final Map<String, String> SETTINGS =
      Map.of("portcullis.renewal-interval", "PT0.2S", "portcullis.answer-budget", "PT5S");

  private Path folder;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private FrpsNode node;
  private Backends backends;
  private int firstPort;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    firstPort = Ports.block(4);
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, SETTINGS);
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

  /** Of Ping, NewWorkConn, NewUserConn and Login the one at that place. */
  static JsonObject rung(JsonObject ladder, int place) {
    return ladder.getJsonArray("rungs").getJsonObject(place);
  }

  /** Asks all that frps may ask of a session but to close a proxy. */
  static List<JsonObject> later(NodeCalls calls, String user, JsonObject metas, int port)
      throws IOException {
    String client =
        "\"user\":{\"user\":\"%s\",\"metas\":%s,\"run_id\":\"%s\"}"
            .formatted(user, metas, runId(metas));
    String proxy = "\"proxy_name\":\"%s.p\",\"proxy_type\":\"tcp\"".formatted(user);
    List<JsonObject> answers = new ArrayList<>();
    answers.add(calls.ask("Ping", "{%s}".formatted(client)));
    answers.add(calls.ask("NewWorkConn", "{%s,\"run_id\":\"%s\"}".formatted(client, runId(metas))));
    answers.add(calls.ask("NewProxy", "{%s,%s,\"remote_port\":%d}".formatted(client, proxy, port)));
    answers.add(
        calls.ask(
            "NewUserConn", "{%s,%s,\"remote_addr\":\"192.0.2.9:1\"}".formatted(client, proxy)));
    return answers;
  }

  /** It stands in the grant, which says so to nobody but Portcullis. */
  private static String runId(JsonObject metas) {
    String payload = metas.getString("portcullis-session").split("\\.", -1)[0];
    return new String(Base64.getUrlDecoder().decode(payload), UTF_8).split("\n", -1)[5];
  }

  private static long rejected(List<JsonObject> answers) {
    return answers.stream().filter(answer -> answer.getBoolean("reject")).count();
  }

  private JsonObject metas(String user, String token) throws IOException {
    return calls.login(user, token, "").getJsonObject("content").getJsonObject("metas");
  }

  private static void echo(Socket visitor) throws IOException {
    visitor.getOutputStream().write(7);
    assertEquals(7, visitor.getInputStream().read());
  }

  private static Socket visitor(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    return socket;
  }

  @Test
  void withoutPingsNewVisitorsAreTurnedAwayAndItIsToldWhatRemains() throws IOException {
    String token = admin.account("quiet", "tcp-port " + firstPort);
    LoggedProcess client =
        node.client("quiet", token, FrpsNode.tcp("echo", backends.tcpPort(), firstPort));
    client.awaitProxy("echo");
    String runId = admin.await("sessions?account=quiet", s -> true).getString("runId");
    try (Socket open = visitor(firstPort)) {
      echo(open);
      JsonObject told =
          admin.post("sessions/" + runId + "/kick", "{\"message\":\"Off for today.\"}");
      assertTrue(Visitor.isTurnedAway(firstPort));
      echo(open);
      assertFalse(rung(told, 0).getBoolean("acts"), told::toString);
      assertTrue(rung(told, 0).getString("says").contains("transport.heartbeatInterval = 30"));
      assertTrue(rung(told, 2).getBoolean("acts"), told::toString);
      assertTrue(told.getJsonArray("heldOffBy").getString(0).endsWith(": Off for today."));
      assertTrue(told.getJsonArray("remains").getString(0).contains("end by themselves"));
      JsonObject acted = null;
      for (int i = 0; acted == null || !rung(acted, 2).containsKey("refusedAt"); i++) {
        assertTrue(i < 100, "no rung has acted: " + acted);
        Pause.millis(100);
        acted = admin.get("sessions/" + runId + "/ladder");
      }
      assertFalse(rung(acted, 0).containsKey("refusedAt"), acted::toString);
    }
    // the account itself is not held off
    node.stopClients();
    node.client("quiet", token, FrpsNode.tcp("echo", backends.tcpPort(), firstPort))
        .awaitProxy("echo");
    Visitor.echoTcp(firstPort);
  }

  @Test
  void withPingsTheSessionEndsWithItsConnectionsAndTheNextLoginIsLetIn() throws IOException {
    String token = admin.account("pinging", "tcp-port " + (firstPort + 1));
    LoggedProcess client =
        node.client(
            "pinging",
            token,
            "loginFailExit = false\ntransport.heartbeatInterval = 2\n"
                + FrpsNode.tcp("echo", backends.tcpPort(), firstPort + 1));
    client.awaitProxy("echo");
    JsonObject session = admin.await("sessions?account=pinging", s -> true);
    String runId = session.getString("runId");
    admin.await("accounts/pinging/ladder", told -> rung(told, 0).getBoolean("acts"));
    try (Socket open = visitor(firstPort + 1)) {
      echo(open);
      int mark = client.mark();
      admin.post("sessions/" + runId + "/kick", "{\"message\":\"Off for today.\"}");
      client.awaitAfter(mark, "pong message contains error: Off for today.");
      assertTrue(isClosed(open));
      client.awaitAfter(mark, "start proxy success");
    }
    Visitor.echoTcp(firstPort + 1);
    JsonObject ladder =
        admin.await("accounts/pinging/ladder", told -> rung(told, 0).containsKey("refusedAt"));
    assertEquals(session.getInt("generation") + 1, ladder.getInt("generation"));
    assertEquals(0, ladder.getJsonArray("heldOffBy").size(), ladder::toString);
    node.stopClients();
  }

  private static boolean isClosed(Socket visitor) throws IOException {
    try {
      return visitor.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void kickOfAProxyLeavesTheOthersOfItsSession() throws IOException {
    String token = admin.account("two", "tcp-port %d-%d".formatted(firstPort + 2, firstPort + 3));
    LoggedProcess client =
        node.client(
            "two",
            token,
            FrpsNode.tcp("one", backends.tcpPort(), firstPort + 2)
                + FrpsNode.tcp("other", backends.tcpPort(), firstPort + 3));
    client.awaitProxy("one");
    client.awaitProxy("other");
    String lease =
        admin
            .await("leases?account=two", l -> l.getString("proxyName").equals("two.one"))
            .getString("id");
    AdminApi operator = new AdminApi(admin.address(), "operator", TestUsers.PASSWORD);
    JsonObject told = operator.post("leases/" + lease + "/kick", "{}");
    assertTrue(Visitor.isTurnedAway(firstPort + 2));
    Visitor.echoTcp(firstPort + 3);
    assertEquals(0, told.getJsonArray("heldOffBy").size(), told::toString);
    JsonObject one = told.getJsonArray("proxies").getJsonObject(0);
    assertEquals("two.one", one.getString("proxyName"));
    assertEquals(1, one.getJsonArray("heldOffBy").size(), told::toString);
    assertEquals(
        "operator",
        admin
            .await(
                "audit?kind=ADMIN&limit=500",
                event -> event.getString("operation").equals("lease.kick"))
            .getString("actor"));
    node.stopClients();
  }

  @Test
  void kickSurvivesARestartAndEndsOneLoginOnly() throws IOException {
    String token = admin.account("survivor", "tcp-port 7300");
    JsonObject metas = metas("survivor", token);
    assertEquals(0, rejected(later(calls, "survivor", metas, 7300)));
    String runId = admin.items("sessions?account=survivor").get(0).getString("runId");
    admin.post("sessions/" + runId + "/kick", "{}");
    assertEquals(4, rejected(later(calls, "survivor", metas, 7300)));
    int port = portcullis.port();
    portcullis.close();
    portcullis = PortcullisProcess.start(folder.resolve("data"), port, SETTINGS);
    List<JsonObject> answers = later(calls, "survivor", metas, 7300);
    assertEquals(4, rejected(answers));
    assertEquals("An administrator has ended this session.", NodeCalls.reason(answers.get(0)));
    JsonObject again =
        calls.login("survivor", token, runId).getJsonObject("content").getJsonObject("metas");
    assertEquals(0, rejected(later(calls, "survivor", again, 7300)));
    assertEquals(4, rejected(later(calls, "survivor", metas, 7300)));
  }

  @Test
  void disablingLockingExpiringAndDeletingAnAccountActOnEveryLaterOperationAndSaySo()
      throws IOException {
    Map<String, String> said =
        Map.of(
            "disable", "The account is disabled.",
            "lock", "Locked by admin with lock ",
            "expire", "The account has expired.",
            "delete", "The account was deleted.");
    int port = 7301;
    for (Map.Entry<String, String> end : said.entrySet()) {
      String user = end.getKey();
      port++;
      String token = admin.account(user, "tcp-port " + port);
      JsonObject metas = metas(user, token);
      String runId = admin.items("sessions?account=" + user).get(0).getString("runId");
      assertEquals(0, rejected(later(calls, user, metas, port)), user);
      switch (user) {
        case "disable" -> admin.patch("accounts/disable", "{\"enabled\":false}");
        case "lock" -> admin.post("locks", "{\"account\":\"lock\",\"message\":\"No.\"}");
        case "expire" ->
            admin.patch(
                "accounts/expire",
                "{\"expiresAt\":\"%s\"}".formatted(OffsetDateTime.now(ZoneOffset.UTC)));
        default -> admin.delete("accounts/delete");
      }
      assertEquals(4, rejected(later(calls, user, metas, port)), user);
      assertTrue(calls.login(user, token, runId).getBoolean("reject"), user);
      JsonObject ladder =
          admin.await(
              "accounts/" + user + "/ladder",
              told -> {
                List<JsonObject> rungs = told.getJsonArray("rungs").getValuesAs(JsonObject.class);
                // nobody can prove any more to have had a deleted account
                return rungs.subList(0, user.equals("delete") ? 3 : 4).stream()
                    .allMatch(rung -> rung.containsKey("refusedAt"));
              });
      assertTrue(
          ladder.getJsonArray("heldOffBy").getString(0).startsWith(end.getValue()),
          ladder::toString);
      assertEquals(runId, ladder.getString("runId"));
      if (user.equals("delete")) {
        // the run id is not lost to whoever comes after it
        String heir = admin.account("heir");
        assertFalse(calls.login("heir", heir, runId).getBoolean("reject"));
        assertEquals("heir", admin.get("sessions/" + runId + "/ladder").getString("account"));
      }
    }
  }

  @Test
  void linksFromWhatPutsAnAccountOutToWhatItLeaves() throws IOException {
    admin.account("mäx");
    for (HttpResponse<String> answer :
        List.of(
            admin.call("POST", "locks", "{\"account\":\"mäx\",\"message\":\"No.\"}"),
            admin.call("PATCH", "accounts/m%C3%A4x", "{\"enabled\":false}"),
            admin.call("DELETE", "accounts/m%C3%A4x", ""))) {
      String link = answer.headers().firstValue("Link").orElseThrow();
      assertTrue(link.endsWith(">; rel=\"ladder\""), link);
      assertEquals(
          "/api/v1/accounts/m%C3%A4x/ladder",
          answer.uri().resolve(link.substring(1, link.indexOf('>'))).getRawPath());
    }
  }

  @Test
  void saysWhereThereIsNothingToKick() throws IOException {
    assertEquals(404, admin.call("POST", "sessions/nothing/kick", "{}").statusCode());
    assertEquals(404, admin.call("GET", "sessions/nothing/ladder", "").statusCode());
    assertEquals(404, admin.call("POST", "leases/nothing/kick", "{}").statusCode());
    assertEquals(404, admin.call("GET", "accounts/nothing/ladder", "").statusCode());
    AdminApi auditor = new AdminApi(admin.address(), "auditor", TestUsers.PASSWORD);
    assertEquals(403, auditor.call("POST", "sessions/nothing/kick", "{}").statusCode());
    assertEquals(404, auditor.call("GET", "sessions/nothing/ladder", "").statusCode());
  }
}
