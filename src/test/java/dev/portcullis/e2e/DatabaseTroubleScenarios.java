package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** frps has an answer in time whatever the database does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseTroubleScenarios {
  // the budget, and what a busy machine needs to deliver the answer
  private static final Duration LATEST = Duration.ofMillis(800 + 1_200);

  private DatabaseServer server;
  private TestDatabase database;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls frps;

  /** A server that nobody else needs. */
  abstract DatabaseServer server(Path folder) throws IOException;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, SQLException {
    server = server(folder);
    database = server.newDatabase("portcullis");
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, database.settings());
    admin = portcullis.admin();
    frps = portcullis.node("frps");
  }

  @AfterAll
  void stop() {
    portcullis.close();
    server.close();
  }

  private interface Question {
    JsonObject ask() throws IOException;
  }

  private static JsonObject inTime(Question question) throws IOException {
    long start = System.nanoTime();
    JsonObject answer = question.ask();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(LATEST) < 0, () -> "took " + taken + ": " + answer);
    return answer;
  }

  /** Logs in, and again for a while: a young server, or one whose database was away, needs some. */
  private String grant(String user, String token) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      JsonObject answer = frps.login(user, token, "");
      if (!answer.getBoolean("reject")) {
        JsonObject content = answer.getJsonObject("content");
        return "{\"user\":{\"user\":\"%s\",\"metas\":%s,\"run_id\":\"%s\"}}"
            .formatted(user, content.getJsonObject("metas"), content.getString("run_id"));
      }
      assertTrue(System.nanoTime() < end, answer::toString);
      Pause.millis(100);
    }
  }

  @Test
  void aHangingDatabaseCostsTheAnswerNotFrps() throws IOException, SQLException {
    String token = admin.account("hang", "tcp-port 6000");
    String ping = grant("hang", token);
    try (Connection connection = DatabaseServer.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(server.locking("client_session", "lease"));
      JsonObject login = inTime(() -> frps.login("hang", token, ""));
      assertTrue(login.getBoolean("reject"));
      assertTrue(
          login.getString("reject_reason").startsWith("Portcullis could not decide within 800 ms"),
          login::toString);
      assertFalse(inTime(() -> frps.ask("Ping", ping)).getBoolean("reject"));
    }
    assertFalse(frps.login("hang", token, "").getBoolean("reject"), "all is well again");
    JsonObject late = admin.await("audit?code=budget.late", e -> true);
    assertEquals("frps", late.getString("node"));
  }

  @Test
  void withoutADatabaseKnownSessionsGoOnAndOthersAreToldWhy() throws IOException {
    String token = admin.account("away", "tcp-port 6001");
    String ping = grant("away", token);
    // the poll for changes reads this replica's own ones too, and once more forgets the account
    Pause.millis(2_000);
    assertFalse(frps.ask("Ping", ping).getBoolean("reject"));
    server.close();
    try {
      assertFalse(inTime(() -> frps.ask("Ping", ping)).getBoolean("reject"));
      JsonObject login = inTime(() -> frps.login("away", token, ""));
      assertTrue(login.getBoolean("reject"));
      assertTrue(
          login.getString("reject_reason").startsWith("Portcullis can't decide this now")
              || login.getString("reject_reason").startsWith("Portcullis could not decide within"),
          login::toString);
    } finally {
      server.startAgain();
    }
    grant("away", token);
  }

  @Test
  void whoIsAskingIsFoundOutInTimeToo() throws IOException {
    String token = admin.account("node", "tcp-port 6002");
    String ping = grant("node", token);
    admin.patch("nodes/frps", "{\"description\":\"its nodes are to be read again\"}");
    server.close();
    try {
      JsonObject answer = inTime(() -> frps.ask("Ping", ping));
      assertTrue(answer.getBoolean("reject"));
      assertTrue(answer.getString("reject_reason").startsWith("Portcullis "), answer::toString);
    } finally {
      server.startAgain();
    }
    grant("node", token);
  }
}
