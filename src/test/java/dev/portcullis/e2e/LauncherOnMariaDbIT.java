package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is MariaDB's own: its time zones, its modes, its errors. */
class LauncherOnMariaDbIT {
  private static final Pattern REFUSAL = Pattern.compile("^Portcullis did not start\\. (.+)$");
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private TestDatabase database() throws IOException {
    return DatabaseServers.fresh(TestDatabase.Product.MARIADB);
  }

  private String refusal(TestDatabase database, Map<String, String> others) throws Exception {
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.putAll(others);
    LoggedProcess refused = EmbeddedServer.launch(folder.resolve("data"), 0, settings);
    assertEquals(1, refused.exitStatus());
    return refused.await(REFUSAL, START).group(1);
  }

  @Test
  void momentsComeBackWhateverTheTimeZonesAre() throws Exception {
    TestDatabase database = database();
    // New York's clock shows this half hour twice
    String moment = "2030-11-03T05:30:00.123456Z";
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put(
        "portcullis.database.url", database.url() + "?sessionVariables=time_zone='+09:00'");
    settings.put("user.timezone", "America/New_York");
    Path data = folder.resolve("data");
    String createdAt;
    try (PortcullisProcess portcullis = PortcullisProcess.start(data, 0, settings)) {
      AdminApi admin = portcullis.admin();
      admin.account("moments");
      admin.patch("accounts/moments", "{\"expiresAt\":\"" + moment + "\"}");
      createdAt = admin.get("accounts/moments").getString("createdAt");
      assertTrue(
          Duration.between(OffsetDateTime.parse(createdAt), OffsetDateTime.now()).abs().toMinutes()
              < 2,
          createdAt);
    }
    settings.put("user.timezone", "Asia/Tokyo");
    settings.put("portcullis.database.url", database.url());
    try (PortcullisProcess portcullis = PortcullisProcess.start(data, 0, settings)) {
      AdminApi admin = portcullis.admin();
      assertEquals(moment, admin.get("accounts/moments").getString("expiresAt"));
      assertEquals(createdAt, admin.get("accounts/moments").getString("createdAt"));
    }
  }

  @Test
  void refusesAServerThatCutsWhatIsTooLong() throws Exception {
    TestDatabase database = database();
    String sentence =
        refusal(
            database,
            Map.of(
                "portcullis.database.url",
                database.url() + "?sessionVariables=sql_mode='NO_ENGINE_SUBSTITUTION'"));
    assertTrue(sentence.contains("STRICT_TRANS_TABLES"), sentence);
  }

  @Test
  void saysThatThePasswordIsWrong() throws Exception {
    TestDatabase database = database();
    String sentence = refusal(database, Map.of("portcullis.database.password", "hidden"));
    assertTrue(
        sentence.startsWith(
            "The database " + database.url() + " refused the user 'portcullis'; check"),
        sentence);
    assertFalse(sentence.contains("hidden"), sentence);
  }

  @Test
  void saysThatTheDatabaseIsNotThereOrNotTheUsers() throws Exception {
    TestDatabase database = database();
    String url = database.url() + "_not";
    String sentence = refusal(database, Map.of("portcullis.database.url", url));
    assertTrue(
        sentence.startsWith(
            "The database " + url + " does not exist, or the user 'portcullis' may not use it"),
        sentence);
    sentence = refusal(asRoot(database), Map.of("portcullis.database.url", url));
    assertTrue(sentence.startsWith("The database " + url + " does not exist; create"), sentence);
  }

  private static TestDatabase asRoot(TestDatabase database) {
    return new TestDatabase(database.product(), database.url(), "root", "");
  }

  @Test
  void saysThatTheServerIsNotThere() throws Exception {
    String url = "jdbc:mariadb://127.0.0.1:" + Ports.free() + "/portcullis";
    String sentence =
        refusal(
            new TestDatabase(TestDatabase.Product.MARIADB, url, "portcullis", "hidden"), Map.of());
    assertTrue(sentence.startsWith("The database " + url + " can't be reached: "), sentence);
    assertFalse(sentence.contains("hidden"), sentence);
  }
}
