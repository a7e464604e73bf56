package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real frps and frpc are answered is explained, tried in shadow and replayed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionsIT {
  private static final Pattern DECISION =
      Pattern.compile("\\(decision ([0-9A-Z]{4}-[0-9A-Z]{4})\\)");

  private Path folder;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private Backends backends;
  private int firstPort;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    firstPort = Ports.block(4);
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, Map.of());
    admin = portcullis.admin();
    calls = portcullis.node("frps");
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    backends.close();
  }

  @AfterEach
  void clear() throws IOException {
    choose("active", 0);
    choose("shadow", 0);
  }

  private long saved(String document) throws IOException {
    List<JsonObject> newest = admin.items("policy/revisions?limit=1");
    return admin
        .post(
            "policy/revisions",
            Json.createObjectBuilder()
                .add("document", document)
                .add("base", newest.isEmpty() ? 0 : newest.get(0).getInt("number"))
                .build()
                .toString())
        .getInt("revision");
  }

  private void choose(String which, long revision) throws IOException {
    admin.put(
        "policy/" + which,
        "{\"revision\":%d,\"instead\":%d}".formatted(revision, admin.get("policy").getInt(which)));
  }

  private FrpsNode node() throws IOException {
    return FrpsNode.start(
        Frp.V0_70_1,
        folder,
        FrpsNode.plugin(
            "portcullis",
            "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
            "/handler",
            FrpsNode.ALL_OPERATIONS));
  }

  private static LoggedProcess client(FrpsNode node, String user, String token, String proxies)
      throws IOException {
    return node.client(
        """
        user = "%s"
        metadatas.token = "%s"
        metadatas.secret = "pl4nted"
        %s
        """
            .formatted(user, token, proxies));
  }

  @Test
  void decisionIsFoundByWhatFrpcLogs() throws Exception {
    long revision =
        saved(
            """
            rules:
              - {name: staff, allow: {groups: [staff]}, proxies: {types: [tcp], ports: [1-65535]}}
              - {name: not this one, deny: {accounts: [asker]}, proxies: {ports: [%d]}}
              - {name: another, deny: {accounts: [somebody]}}
            """
                .formatted(firstPort));
    choose("active", revision);
    String token = admin.account("asker");
    admin.patch("accounts/asker", "{\"groups\":[\"staff\"]}");
    try (FrpsNode node = node()) {
      LoggedProcess client =
          client(node, "asker", token, FrpsNode.tcp("ssh", backends.tcpPort(), firstPort));
      Matcher logged = client.await(DECISION, Duration.ofSeconds(20));
      String typed = logged.group(1).toLowerCase(Locale.ROOT).replace("-", "");
      JsonObject decision = admin.get("decisions/" + typed);
      JsonObject event = decision.getJsonObject("event");
      assertEquals(logged.group(1), event.getString("decisionId"));
      assertEquals("NewProxy", event.getString("operation"));
      assertEquals("REJECTED", event.getString("outcome"));
      assertEquals("rule.denied", event.getString("code"));
      assertEquals(revision, event.getInt("policyRevision"));
      JsonObject facts = decision.getJsonObject("facts");
      assertEquals("asker", facts.getString("account"));
      assertEquals("0.70.1", facts.getJsonObject("client").getString("version"));
      assertEquals(firstPort, facts.getJsonObject("proxy").getInt("port"));
      assertFalse(decision.toString().contains("pl4nted"), decision::toString);
      assertFalse(decision.toString().contains(token));
      JsonObject policy = decision.getJsonObject("policy");
      assertEquals("denied", policy.getString("outcome"));
      assertEquals("not this one", policy.getString("rule"));
      assertEquals(
          List.of("staff", "not this one"),
          policy.getJsonArray("looks").getValuesAs(JsonObject.class).stream()
              .map(look -> look.getString("rule"))
              .toList());
      // as evaluate takes them, the same comes of them
      JsonObject again =
          admin.post(
              "policy/evaluate", Json.createObjectBuilder().add("facts", facts).build().toString());
      assertEquals(policy, again);
      assertEquals(1, admin.items("audit?decision=" + typed).size());
    }
    assertEquals(404, admin.call("GET", "decisions/0000-0000", "").statusCode());
    assertEquals(404, admin.call("GET", "decisions/nonsense", "").statusCode());
  }

  @Test
  void decisionThatWasRefusedAtTheSignInIsExplainedTooAndOneOutsideTheChain() throws IOException {
    JsonObject refused = calls.newTcpProxy("nobody", "wrong", "r", "p", 7000);
    Matcher told = DECISION.matcher(refused.getString("reject_reason"));
    assertTrue(told.find(), refused::toString);
    JsonObject decision = admin.get("decisions/" + told.group(1));
    assertTrue(
        decision.getJsonObject("event").getString("code").startsWith("authentication."),
        decision::toString);
    assertEquals("frps", decision.getJsonObject("facts").getString("node"));
    assertEquals("p", decision.getJsonObject("facts").getJsonObject("proxy").getString("name"));
    assertFalse(decision.toString().contains("wrong"), decision::toString);
    told = DECISION.matcher(calls.ask("Unheard", "{}").getString("reject_reason"));
    assertTrue(told.find());
    JsonObject outside = admin.get("decisions/" + told.group(1));
    assertEquals("CALL", outside.getJsonObject("event").getString("kind"));
    assertFalse(outside.containsKey("facts"), outside::toString);
  }

  @Test
  void policyInShadowRefusesNothingAndIsRecorded() throws Exception {
    // not that of another test: stopping frps closes no lease
    int shadowedPort = firstPort + 3;
    choose(
        "active",
        saved(
            """
            rules:
              - {name: all, allow: {everyone: true}, proxies: {types: [tcp], ports: [1-65535]}}
              - {name: soon, deny: {accounts: [shadowed]}, proxies: {ports: [%d]}, enforce: false}
            """
                .formatted(shadowedPort)));
    long shadow = saved("rules: [{name: draft, deny: {accounts: [shadowed]}}]\n");
    choose("shadow", shadow);
    String token = admin.account("shadowed");
    try (FrpsNode node = node()) {
      LoggedProcess client =
          client(node, "shadowed", token, FrpsNode.tcp("open", backends.tcpPort(), shadowedPort));
      client.awaitProxy("open");
      Visitor.echoTcp(shadowedPort);
      Visitor.echoTcp(shadowedPort);
      Visitor.echoTcp(shadowedPort);
      String of = "audit?kind=SHADOW&account=shadowed";
      for (String operation : List.of("Login", "NewProxy", "NewUserConn", "NewWorkConn")) {
        JsonObject event =
            admin.await(
                of,
                found ->
                    found.getString("operation").equals(operation)
                        && found.getString("detail").equals("draft"));
        assertEquals("shadow.would-refuse", event.getString("code"));
        assertEquals(shadow, event.getInt("policyRevision"));
      }
      admin.await(of, found -> found.getString("detail").equals("soon"));
      assertEquals(
          1,
          admin.items(of).stream()
              .filter(event -> event.getString("operation").equals("NewUserConn"))
              .count());
    }
    assertEquals(List.of(), admin.items("audit?account=shadowed&outcome=REJECTED&kind=DECISION"));
  }

  @Test
  void draftIsReplayedAgainstWhatWasDecided() throws Exception {
    OffsetDateTime begin = OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(1);
    choose(
        "active",
        saved(
            """
            rules:
              - {name: all, allow: {accounts: [replayed]}, proxies: {types: [tcp], ports: [%d, %d]}}
            """
                .formatted(firstPort + 1, firstPort + 2)));
    String token = admin.account("replayed");
    String owner = admin.account("owner", "tcp-port " + firstPort);
    try (FrpsNode node = node()) {
      LoggedProcess first =
          client(
              node,
              "replayed",
              token,
              FrpsNode.tcp("a", backends.tcpPort(), firstPort + 1)
                  + FrpsNode.tcp("b", backends.tcpPort(), firstPort + 2)
                  + FrpsNode.tcp("c", backends.tcpPort(), firstPort));
      LoggedProcess second =
          client(node, "owner", owner, FrpsNode.tcp("d", backends.tcpPort(), firstPort));
      first.awaitProxy("a");
      first.awaitProxy("b");
      first.await(DECISION, Duration.ofSeconds(20));
      second.awaitProxy("d");
    }
    JsonObject started =
        admin.post(
            "policy/replays",
            Json.createObjectBuilder()
                .add(
                    "document",
                    "rules: [{name: fewer, allow: {accounts: [replayed]}, proxies: {types: [tcp], ports: [%d, %d]}}]"
                        .formatted(firstPort, firstPort + 1))
                .add("from", begin.toString())
                .add("operation", "NewProxy")
                .build()
                .toString());
    JsonObject done =
        admin.await(
            "policy/replays",
            found ->
                found.getString("id").equals(started.getString("id"))
                    && found.getString("state").equals("done"));
    assertEquals(done.getInt("expected"), done.getInt("done"));
    JsonObject results = done.getJsonObject("results");
    List<JsonObject> groups = results.getJsonArray("groups").getValuesAs(JsonObject.class);
    assertEquals(2, groups.size(), done::toString);
    assertEquals(
        results.getInt("different"), groups.stream().mapToInt(g -> g.getInt("count")).sum());
    for (JsonObject group : groups) {
      assertEquals("replayed", group.getString("account"));
      boolean allows = group.getString("would").equals("allowed");
      assertEquals(allows ? "fewer" : "", group.getString("rule"));
      JsonObject example = admin.get("decisions/" + group.getJsonArray("examples").getString(0));
      assertEquals(
          allows ? firstPort : firstPort + 2,
          example.getJsonObject("facts").getJsonObject("proxy").getInt("port"));
    }
    String path = "policy/replays/" + started.getString("id");
    assertEquals("waiting", admin.post(path + "/start", "{}").getString("state"));
    admin.delete(path);
    assertEquals(404, admin.call("GET", path, "").statusCode());
    assertEquals(404, admin.call("DELETE", path, "").statusCode());
    assertEquals(400, admin.call("POST", "policy/replays", "{\"revision\":1}").statusCode());
    assertEquals(
        404,
        admin
            .call("POST", "policy/replays", "{\"revision\":999,\"from\":\"" + begin + "\"}")
            .statusCode());
  }

  @Test
  void evaluationTellsWhatIsGranted() throws IOException {
    admin.account("granted", "tcp-port 6000");
    admin.account("alone");
    admin.post(
        "accounts/alone/grants", "{\"kind\":\"tcp-port\",\"value\":\"6009\",\"exclusive\":true}");
    for (String[] expected :
        new String[][] {
          {"granted", "6000", "allow"},
          {"granted", "6001", "missing"},
          {"unheard", "6000", "unknown"},
          {"alone", "6009", "allow"},
          {"granted", "6009", "exclusive"},
          {"unheard", "6009", "exclusive"}
        }) {
      JsonObject told =
          admin.post(
              "policy/evaluate",
              "{\"document\":\"rules: []\",\"facts\":{\"account\":\"%s\",\"proxy\":{\"name\":\"p\",\"type\":\"tcp\",\"port\":%s}}}"
                  .formatted(expected[0], expected[1]));
      assertEquals("not-allowed", told.getString("outcome"));
      assertEquals(expected[2], told.getString("grants"));
    }
  }
}
