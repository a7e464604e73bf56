package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.proof.DnsServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** Ports and domains that are somebody's alone, for a real frps and frpc, and a real DNS server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservationIT {
  private static final Duration GRACE = Duration.ofSeconds(6);

  private Path folder;
  private DnsServer dns;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private Backends backends;
  private int nodes;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    backends = new Backends();
    dns = new DnsServer();
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"),
            0,
            Map.of(
                "portcullis.dns-servers",
                dns.address(),
                "portcullis.domain-pending",
                "PT1S",
                "portcullis.domain-recheck",
                "PT2S",
                "portcullis.domain-grace",
                GRACE.toString(),
                // who gets what is asked for here, not who is slow
                "portcullis.answer-budget",
                "PT9S"));
    admin = portcullis.admin();
    calls = portcullis.node("frps");
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    backends.close();
    dns.close();
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

  private static void awaitRefusal(LoggedProcess client, String reason) {
    client.awaitAfter(0, Pattern.compile(Pattern.quote(reason)), Duration.ofSeconds(30));
  }

  @Test
  void reservedPortIsForItsGroupAloneWhateverRulesAndGrantsSay() throws Exception {
    int first = Ports.block(2);
    String document =
        """
        reservations:
          - {name: databases, ports: [%d], for: {groups: [dba]}}
        rules:
          - {name: all, allow: {groups: [dba, staff]}, proxies: {types: [tcp], ports: ["%1$d-%d"]}}
        """
            .formatted(first, first + 1);
    long revision =
        admin
            .post(
                "policy/revisions",
                Json.createObjectBuilder()
                    .add("document", document)
                    .add("base", 0)
                    .build()
                    .toString())
            .getInt("revision");
    admin.put("policy/active", "{\"revision\":%d,\"instead\":0}".formatted(revision));
    String granted = admin.account("granted", "tcp-port " + first);
    String dba = admin.account("dba");
    admin.patch("accounts/granted", "{\"groups\":[\"staff\"]}");
    admin.patch("accounts/dba", "{\"groups\":[\"dba\"]}");
    try (FrpsNode node = frps()) {
      awaitRefusal(
          node.client("granted", granted, FrpsNode.tcp("db", backends.tcpPort(), first)),
          "This port is reserved ('databases' of this server's policy)");
      node.client("granted", granted, FrpsNode.tcp("any", backends.tcpPort(), 0)).awaitProxy("any");
      Visitor.echoTcp(first + 1);
      node.client("dba", dba, FrpsNode.tcp("db", backends.tcpPort(), first)).awaitProxy("db");
      Visitor.echoTcp(first);
    }
  }

  @Test
  void exclusiveGrantIsOfOneAccountUntilItIsTakenAway() throws Exception {
    String rich = admin.account("rich");
    String poor = admin.account("poor", "tcp-port 8200-8202");
    JsonObject grant =
        admin.post(
            "accounts/rich/grants",
            "{\"kind\":\"tcp-port\",\"value\":\"8200-8201\",\"exclusive\":true}");
    assertTrue(grant.getBoolean("exclusive"));
    JsonObject refused = calls.newTcpProxy("poor", poor, "r-poor", "p", 8200);
    assertEquals(
        "The tcp port 8200 is another account's alone. Leave remotePort out to get one of yours.",
        NodeCalls.reason(refused));
    assertEquals(
        8202,
        calls
            .newTcpProxy("poor", poor, "r-poor", "p", 0)
            .getJsonObject("content")
            .getInt("remote_port"));
    assertFalse(calls.newTcpProxy("rich", rich, "r-rich", "p", 8200).getBoolean("reject"));

    HttpResponse<String> overlapping =
        admin.call(
            "POST",
            "accounts/poor/grants",
            "{\"kind\":\"tcp-port\",\"value\":\"8201-8300\",\"exclusive\":true}");
    assertEquals(409, overlapping.statusCode(), overlapping.body());
    assertTrue(overlapping.body().contains("The tcp port 8201 is granted to 'rich' alone already"));
    // of another transport, and one that is not exclusive
    admin.post(
        "accounts/poor/grants", "{\"kind\":\"udp-port\",\"value\":\"8201\",\"exclusive\":true}");
    admin.post("accounts/poor/grants", "{\"kind\":\"tcp-port\",\"value\":\"8201\"}");

    admin.delete("accounts/rich/grants/" + grant.getString("id"));
    assertFalse(calls.newTcpProxy("poor", poor, "r-poor", "q", 8201).getBoolean("reject"));
    admin.post(
        "accounts/rich/grants", "{\"kind\":\"tcp-port\",\"value\":\"8290\",\"exclusive\":true}");
    admin.delete("accounts/rich");
    admin.post(
        "accounts/poor/grants",
        "{\"kind\":\"tcp-port\",\"value\":\"8290-8291\",\"exclusive\":true}");
  }

  private JsonObject claim(String account, String domain) throws IOException {
    return admin.post("accounts/" + account + "/domains", "{\"domain\":\"" + domain + "\"}");
  }

  private JsonObject check(String account, JsonObject claim) throws IOException {
    return admin.post("accounts/%s/domains/%s/check".formatted(account, claim.getString("id")), "");
  }

  private JsonObject awaitState(String account, JsonObject claim, String state) throws IOException {
    return admin.await(
        "accounts/" + account + "/domains",
        item ->
            item.getString("id").equals(claim.getString("id"))
                && item.getString("state").equals(state));
  }

  @Test
  void domainIsTheAccountsOnceItsRecordIsSetAndUntilItIsGoneForLong() throws Exception {
    String token = admin.account("prover");
    JsonObject claim = claim("prover", "*.shop.test");
    assertEquals("pending", claim.getString("state"));
    String host = claim.getString("recordName");
    String text = claim.getString("recordText");
    assertEquals("_portcullis-challenge.shop.test", host);
    String proxy =
        FrpsNode.proxy("web", "http", backends.httpPort(), "customDomains = [\"a.shop.test\"]");
    try (FrpsNode node = frps()) {
      LoggedProcess early = node.client("prover", token, proxy);
      awaitRefusal(early, "Set the DNS record %s TXT \"%s\"".formatted(host, text));
      early.close();

      dns.set(host, "v=spf1 -all", text);
      assertEquals("proved", check("prover", claim).getString("state"));
      LoggedProcess client = node.client("prover", token, proxy);
      client.awaitProxy("web");
      assertTrue(Visitor.http(node.httpPort(), "a.shop.test").contains("hello"));
      client.close();
      // all below it, and not itself
      LoggedProcess all =
          node.client(
              "prover",
              token,
              FrpsNode.proxy(
                      "all", "http", backends.httpPort(), "customDomains = [\"*.shop.test\"]")
                  + FrpsNode.proxy(
                      "self", "http", backends.httpPort(), "customDomains = [\"shop.test\"]"));
      all.awaitProxy("all");
      awaitRefusal(all, "Domain 'shop.test' is not granted to 'prover'");
      assertTrue(Visitor.http(node.httpPort(), "b.c.shop.test").contains("hello"));
      all.close();

      // a server that fails is no record that is gone
      dns.fail(Rcode.SERVFAIL);
      Pause.millis(GRACE.toMillis() + 3_000);
      JsonObject unknown = check("prover", claim);
      assertEquals("proved", unknown.getString("state"));
      assertTrue(unknown.getString("note").contains("could not be looked up"), unknown::toString);
      dns.fail(Rcode.NOERROR);

      dns.remove(host);
      awaitState("prover", claim, "missing");
      node.client("prover", token, proxy).awaitProxy("web");
      node.stopClients();
      awaitState("prover", claim, "lost");
      awaitRefusal(node.client("prover", token, proxy), "Set the DNS record " + host);
    }
    List<JsonObject> audit = admin.items("audit?kind=ADMIN&limit=500");
    for (String code : List.of("domain.claim", "domain.proved", "domain.missing", "domain.lost")) {
      assertTrue(
          audit.stream()
              .anyMatch(
                  event ->
                      event.getString("operation").equals(code)
                          && event.getString("target").equals("prover")),
          code);
    }
  }

  @Test
  void domainThatOneHasProvedIsNotAnothersBeforeItIsLostOrGivenUp() throws Exception {
    String token = admin.account("second");
    admin.account("first");
    JsonObject first = claim("first", "fought.test");
    JsonObject second = claim("second", "fought.test");
    assertFalse(first.getString("recordText").equals(second.getString("recordText")));
    String host = first.getString("recordName");
    dns.set(host, second.getString("recordText"));
    assertEquals("pending", check("first", first).getString("state"), "another's text");
    dns.set(host, first.getString("recordText"), second.getString("recordText"));
    // whoever comes first, by itself or by the look-ups in between
    JsonObject of = check("second", second);
    JsonObject loser = of.getString("state").equals("proved") ? first : second;
    String name = loser == first ? "first" : "second";
    String winner = loser == first ? "second" : "first";
    JsonObject waiting = check(name, loser);
    assertEquals("pending", waiting.getString("state"));
    assertTrue(waiting.getString("note").contains("another account has proved"), waiting::toString);
    JsonObject proved = loser == first ? second : first;
    assertEquals("proved", check(winner, proved).getString("state"));
    admin.delete("accounts/%s/domains/%s".formatted(winner, proved.getString("id")));
    awaitState(name, loser, "proved");
    JsonObject answer =
        calls.ask(
            "NewProxy",
            """
            {"user":{"user":"second","metas":{"token":"%s"},"run_id":"r-second"},
             "proxy_name":"second.p","proxy_type":"http","custom_domains":["fought.test"]}
            """
                .formatted(token));
    assertEquals(name.equals("first"), answer.getBoolean("reject"), answer::toString);
  }

  @Test
  void claimsAreAdministeredLikeTheOthers() throws Exception {
    admin.account("owner");
    JsonObject one = claim("owner", "One.test");
    claim("owner", "two.test");
    assertEquals("one.test", one.getString("domain"));
    assertEquals(
        one.getString("domain"),
        admin.get("accounts/owner/domains/" + one.getString("id")).getString("domain"));
    assertEquals(2, admin.items("accounts/owner/domains").size());
    JsonObject page = admin.get("accounts/owner/domains?limit=1");
    assertEquals("one.test", page.getJsonArray("items").getJsonObject(0).getString("domain"));
    assertEquals(
        "two.test",
        admin
            .items("accounts/owner/domains?limit=1&after=" + page.getString("next"))
            .get(0)
            .getString("domain"));
    assertStatus(409, "POST", "accounts/owner/domains", "{\"domain\":\"one.test\"}");
    assertStatus(400, "POST", "accounts/owner/domains", "{\"domain\":\"test\"}");
    assertStatus(400, "POST", "accounts/owner/domains", "{}");
    assertStatus(404, "POST", "accounts/nobody/domains", "{\"domain\":\"one.test\"}");
    assertStatus(404, "GET", "accounts/owner/domains/nothing", "");
    assertStatus(404, "POST", "accounts/owner/domains/nothing/check", "");
    assertStatus(404, "DELETE", "accounts/owner/domains/nothing", "");
    AdminApi auditor = new AdminApi(portcullis.address(), "auditor", TestUsers.PASSWORD);
    assertEquals(2, auditor.items("accounts/owner/domains").size());
    assertEquals(
        403,
        auditor.call("POST", "accounts/owner/domains", "{\"domain\":\"x.test\"}").statusCode());
    admin.account("other");
    assertStatus(404, "DELETE", "accounts/other/domains/" + one.getString("id"), "");
    admin.delete("accounts/owner");
    admin.account("owner");
    assertEquals(0, admin.items("accounts/owner/domains").size());
  }

  private void assertStatus(int status, String method, String path, String body)
      throws IOException {
    HttpResponse<String> answer = admin.call(method, path, body);
    assertEquals(status, answer.statusCode(), answer.body());
  }
}
