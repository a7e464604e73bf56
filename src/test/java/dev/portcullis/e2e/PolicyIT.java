package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A policy is saved, activated, asked and rolled back, and decides for a real frps and frpc. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyIT {
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
    firstPort = Ports.block(3);
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

  private long newest() throws IOException {
    List<JsonObject> newest = admin.items("policy/revisions?limit=1");
    return newest.isEmpty() ? 0 : newest.get(0).getInt("number");
  }

  private HttpResponse<String> save(String document, long base) throws IOException {
    return admin.call(
        "POST",
        "policy/revisions",
        Json.createObjectBuilder()
            .add("document", document)
            .add("base", base)
            .add("comment", "for a test")
            .build()
            .toString());
  }

  private long saved(String document) throws IOException {
    HttpResponse<String> answer = save(document, newest());
    assertEquals(201, answer.statusCode(), answer.body());
    return json(answer).getInt("revision");
  }

  private void choose(String which, long revision) throws IOException {
    admin.put(
        "policy/" + which,
        "{\"revision\":%d,\"instead\":%d}".formatted(revision, admin.get("policy").getInt(which)));
  }

  private void activate(String document) throws IOException {
    choose("active", saved(document));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private String member(String name, String... groups) throws IOException {
    String token = admin.account(name);
    admin.patch(
        "accounts/" + name,
        "{\"groups\":[%s],\"labels\":{\"team\":\"red\"}}"
            .formatted("\"" + String.join("\",\"", groups) + "\""));
    return token;
  }

  @Test
  void refusesADocumentThatIsWrongAndSaysWhere() throws IOException {
    long before = newest();
    HttpResponse<String> wrong = save("rules:\n  - {name: a, alow: {everyone: true}}\n", before);
    assertEquals(400, wrong.statusCode(), wrong.body());
    String detail = json(wrong).getString("detail");
    assertTrue(detail.contains("2:15 error: There is no 'alow' here; "), detail);
    HttpResponse<String> failing =
        save("rules: []\ntests:\n  - {account: a, proxy: {type: tcp}, expect: allow}\n", before);
    assertEquals(400, failing.statusCode(), failing.body());
    assertTrue(json(failing).getString("detail").startsWith("3:5 error: This test fails"));
    assertEquals(before, newest());
  }

  @Test
  void twoEditorsAtOnceGetAConflictAndLoseNothing() throws IOException {
    long base = newest();
    assertEquals(201, save("rules: []\n", base).statusCode());
    HttpResponse<String> second = save("rules: []\n# mine\n", base);
    assertEquals(409, second.statusCode(), second.body());
    assertTrue(json(second).getString("detail").contains("saved meanwhile"));
    assertEquals(
        409, admin.call("PUT", "policy/active", "{\"revision\":1,\"instead\":12345}").statusCode());
  }

  @Test
  void warnsOfADenyThatHidesAGrant() throws IOException {
    admin.account("owner");
    admin.post("accounts/owner/grants", "{\"kind\":\"tcp-port\",\"value\":\"22\"}");
    String document =
        "rules:\\n  - {name: low, deny: {accounts: [owner, other]}, proxies: {ports: [1-1023]}}\\n";
    JsonObject checked = admin.post("policy/check", "{\"document\":\"" + document + "\"}");
    assertEquals(
        "'low' denies what accounts own by grants, for example owner (tcp-port 22); narrow the rule, or take the grants back",
        checked.getJsonArray("findings").getJsonObject(0).getString("message"));
    assertEquals(2, checked.getJsonArray("findings").getJsonObject(0).getInt("line"));
    JsonObject harmless =
        admin.post("policy/check", "{\"document\":\"" + document.replace("1-1023", "80") + "\"}");
    assertEquals(0, harmless.getJsonArray("findings").size());
  }

  @Test
  void showsWhatARevisionHasChanged() throws IOException {
    saved("rules: []\n");
    long second = saved("rules:\n  - {name: a, deny: {everyone: true}}\n");
    HttpResponse<String> diff = admin.call("GET", "policy/revisions/" + second + "/diff", "");
    assertEquals(200, diff.statusCode(), diff.body());
    assertTrue(diff.body().contains("-rules: []\n+rules:\n"), diff.body());
    JsonObject shown = admin.get("policy/revisions/" + second);
    assertEquals("admin", shown.getString("author"));
    assertEquals("for a test", shown.getString("comment"));
    assertEquals(404, admin.call("GET", "policy/revisions/99999", "").statusCode());
    assertEquals(404, admin.call("GET", "policy/revisions/x", "").statusCode());
  }

  @Test
  void publishesTheSchemaOfDocuments() throws IOException {
    HttpResponse<String> schema = admin.call("GET", "policy/schema", "");
    assertEquals(200, schema.statusCode(), schema.body());
    assertEquals(
        "application/schema+json",
        schema.headers().firstValue("Content-Type").orElse("").split(";", 2)[0]);
    assertEquals(Files.readString(Path.of("src/main/resources/policy.schema.json")), schema.body());
  }

  @Test
  void explainsWhatItWouldSay() throws IOException {
    activate(
        """
        rules:
          - {name: staff, allow: {groups: [staff]}, proxies: {types: [tcp], ports: [1-9999]}}
          - {name: low, deny: {everyone: true}, proxies: {ports: [1-1023]}}
        """);
    JsonObject told =
        admin.post(
            "policy/evaluate",
            """
            {"facts":{"account":"x","groups":["staff"],"proxy":{"type":"tcp","port":22}}}
            """);
    assertEquals("denied", told.getString("outcome"));
    assertEquals("low", told.getString("rule"));
    assertEquals(2, told.getJsonArray("looks").size());
    JsonObject draft =
        admin.post(
            "policy/evaluate",
            "{\"document\":\"rules: []\",\"facts\":{\"account\":\"x\",\"proxy\":{\"type\":\"tcp\"}}}");
    assertEquals("not-allowed", draft.getString("outcome"));
    assertEquals(0, draft.getInt("revision"));
  }

  @Test
  void decidesAtOnceAndRollsBackAtOnce() throws IOException {
    String token = member("ruled", "staff");
    assertTrue(calls.newTcpProxy("ruled", token, "r1", "p", 7001).getBoolean("reject"));
    activate("rules: [{name: s, allow: {labels: {team: red}}, proxies: {ports: [7000-7009]}}]\n");
    assertFalse(calls.newTcpProxy("ruled", token, "r1", "p", 7001).getBoolean("reject"));
    long allowing = admin.get("policy").getInt("active");
    activate("rules: [{name: off, deny: {accounts: [ruled]}, reason: Ask the help desk.}]\n");
    JsonObject denied = calls.newTcpProxy("ruled", token, "r1", "p", 7001);
    assertTrue(denied.getString("reject_reason").startsWith("Ask the help desk. (decision "));
    choose("active", allowing);
    assertFalse(calls.newTcpProxy("ruled", token, "r1", "p", 7001).getBoolean("reject"));
  }

  @Test
  void decidesForARealClientAndItsVisitors() throws Exception {
    String token = member("real", "staff");
    activate(
        """
        pools:
          few: {ports: ["%d-%d"]}
        rules:
          - {name: pool, allow: {groups: [staff]}, proxies: {types: [tcp], pools: [few]}}
          - {name: not the first, deny: {everyone: true}, proxies: {ports: [%d]}}
          - {name: nobody, allow: {everyone: true}, proxies: {names: [closed]}, visitors: {addresses: [192.0.2.1]}}
        """
            .formatted(firstPort, firstPort + 2, firstPort));
    try (FrpsNode node =
        FrpsNode.start(
            Frp.V0_70_1,
            folder,
            FrpsNode.plugin(
                "portcullis",
                "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
                "/handler",
                FrpsNode.ALL_OPERATIONS))) {
      LoggedProcess client =
          node.client(
              """
              user = "real"
              metadatas.token = "%s"
              %s
              %s
              """
                  .formatted(
                      token,
                      FrpsNode.tcp("open", backends.tcpPort(), 0),
                      FrpsNode.tcp("closed", backends.tcpPort(), firstPort + 2)));
      client.awaitProxy("open");
      client.awaitProxy("closed");
      // any port: the first is denied, the third is taken
      Visitor.echoTcp(firstPort + 1);
      assertTrue(Visitor.isTurnedAway(firstPort + 2));
      admin.await(
          "audit?outcome=REJECTED&account=real",
          event -> event.getString("code").equals("rule.visitor-not-allowed"));
    }
  }
}
