package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A draft is replayed against many decisions in PostgreSQL, and another replica sees how far it is:
 * 20,000, or as many as the environment variable PORTCULLIS_TEST_DECISIONS says.
 */
class ReplaySizeIT {
  private static final int DECISIONS =
      Integer.parseInt(System.getenv().getOrDefault("PORTCULLIS_TEST_DECISIONS", "20000"));

  /** Accounts a0 to a999 have asked for the ports 6000 to 6999, each always for its own. */
  private static final String INSERT =
      """
      insert into audit_event (id, happened_at, kind, outcome, code, reason, actor, operation, target,
        detail, node_name, account_name, claimed_user, run_id, proxy_type, client_address,
        correlation_id, decision_id, policy_revision, facts)
      select substr(lpad(to_hex(1764000000000 + n), 12, '0'), 1, 8) || '-'
          || substr(lpad(to_hex(1764000000000 + n), 12, '0'), 9, 4)
          || '-7000-8000-' || lpad(to_hex(n), 12, '0'),
        '2025-11-24T16:00:00.000000Z', 'DECISION', 'ALLOWED', '', '', '', 'NewProxy',
        'a' || n %% 1000 || '.ssh', 'port ' || 6000 + n %% 1000, 'eu-1', 'a' || n %% 1000,
        'a' || n %% 1000, '5c5fcd8e9ca3f1d0', 'tcp', '', '', lpad(n::text, 9, '0'), %d,
        '{"operation":"NewProxy","at":"2025-11-24T16:00:00Z","account":"a' || n %% 1000
          || '","groups":["staff","day"],"labels":{"team":"red"},"node":"eu-1","client":{"address":"192.0.2.1","version":"0.70.1","os":"linux"},"proxy":{"name":"ssh","type":"tcp","port":'
          || 6000 + n %% 1000 || '}}'
      from generate_series(0, %d - 1) as n
      """;

  /** 500 rules that are looked at in vain, one that allows, and one that denies ten ports. */
  private static String document(String denied) {
    return "rules:\n"
        + "  - {name: staff, allow: {groups: [staff]}, proxies: {types: [tcp], ports: [6000-6999]}}\n"
        + denied
        + IntStream.range(0, 500)
            .mapToObj(
                i ->
                    "  - {name: r%d, deny: {groups: [staff]}, proxies: {ports: [%d]}}\n"
                        .formatted(i, 7000 + i))
            .collect(Collectors.joining());
  }

  private static JsonObject body(String document, String member, String value) {
    return Json.createObjectBuilder().add("document", document).add(member, value).build();
  }

  @Test
  void replaysPageByPageAndTellsEveryReplica(@TempDir Path folder) throws Exception {
    TestDatabase database = DatabaseServers.fresh(TestDatabase.Product.POSTGRESQL);
    Map<String, String> shared = new HashMap<>(database.settings());
    shared.put("portcullis.key", TestedServer.KEY);
    try (PortcullisProcess one = PortcullisProcess.start(folder.resolve("one"), 0, shared);
        PortcullisProcess other = PortcullisProcess.start(folder.resolve("other"), 0, shared)) {
      AdminApi admin = one.admin();
      AdminApi seen = other.admin();
      int revision =
          admin
              .post(
                  "policy/revisions",
                  Json.createObjectBuilder()
                      .add("document", document(""))
                      .add("base", 0)
                      .build()
                      .toString())
              .getInt("revision");
      insert(database, INSERT.formatted(revision, DECISIONS));
      String draft =
          document("  - {name: ten, deny: {everyone: true}, proxies: {ports: [6000-6009]}}\n");
      long begin = System.nanoTime();
      String id =
          admin
              .post("policy/replays", body(draft, "from", "2025-11-01T00:00:00Z").toString())
              .getString("id");
      JsonObject done = awaitEnd(seen, id);
      System.out.printf(
          "Replayed %d decisions in %d ms%n",
          DECISIONS, Duration.ofNanos(System.nanoTime() - begin).toMillis());
      assertEquals(DECISIONS, done.getInt("done"), done::toString);
      JsonObject results = done.getJsonObject("results");
      assertEquals(DECISIONS / 100, results.getInt("different"));
      assertEquals(DECISIONS - DECISIONS / 100, results.getInt("same"));
      List<JsonObject> groups = results.getJsonArray("groups").getValuesAs(JsonObject.class);
      assertEquals(10, groups.size());
      for (JsonObject group : groups) {
        assertEquals(DECISIONS / 1000, group.getInt("count"));
        assertEquals("ten", group.getString("rule"));
        assertEquals(5, group.getJsonArray("examples").size());
      }
      assertInterruptedOneStartsAgain(one, seen, draft, database);
    }
  }

  /** A replica dies in the middle of a replay: another shows it, and takes it over when asked. */
  private static void assertInterruptedOneStartsAgain(
      PortcullisProcess one, AdminApi seen, String draft, TestDatabase database) throws Exception {
    String id =
        one.admin()
            .post("policy/replays", body(draft, "from", "2025-11-01T00:00:00Z").toString())
            .getString("id");
    one.kill();
    // a small replay may have been done by then
    insert(database, "update policy_replay set state = 'RUNNING' where id = '" + id + "'");
    assertTrue(
        seen.call("POST", "policy/replays/" + id + "/start", "{}").statusCode() == 409,
        "it may be under way as far as anybody knows");
    seen.await(
        "policy/replays",
        found ->
            found.getString("id").equals(id) && found.getString("state").equals("interrupted"));
    seen.post("policy/replays/" + id + "/start", "{}");
    assertEquals(DECISIONS, awaitEnd(seen, id).getInt("done"));
  }

  private static JsonObject awaitEnd(AdminApi admin, String id) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (System.nanoTime() < end) {
      JsonObject replay = admin.get("policy/replays/" + id);
      String state = replay.getString("state");
      if (!state.equals("waiting") && !state.equals("running")) {
        assertEquals("done", state, replay::toString);
        return replay;
      }
      Pause.millis(200);
    }
    throw new AssertionError("the replay does not end");
  }

  private static void insert(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = DatabaseServer.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
