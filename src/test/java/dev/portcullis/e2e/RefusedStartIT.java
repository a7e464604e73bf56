package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set wrongly stops the deployment, with a sentence that says what to change. */
class RefusedStartIT {
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aWrongSettingIsNamed() throws IOException {
    refused(
        folder.resolve("setting"),
        Map.of("portcullis.key", "short"),
        "portcullis.key has 5 characters; it needs at least 32");
  }

  @Test
  void aRoleThatEverybodyWouldHaveIsNamed() throws IOException {
    refused(
        folder.resolve("role"),
        Map.of("portcullis.roles.admin", "staff,**"),
        "portcullis.roles.admin is 'staff,**'; write the names of groups");
  }

  @Test
  void aDirectoryWithoutAPlaceForUsersIsNamed() throws IOException {
    refused(
        folder.resolve("directory"),
        Map.of(
            "portcullis.ldap.url",
            "ldap://127.0.0.1:1",
            "portcullis.ldap.user-base",
            "example.com"),
        "portcullis.ldap.user-base is 'example.com', which is no DN");
  }

  @Test
  void identityStoresThatAreNotThereAreNamed() throws IOException {
    Map<String, String> settings = Map.of("portcullis.password-store", "server");
    if (TestedServer.ofThisBuild().bringsAnIdentityStore()) {
      PortcullisProcess.start(folder.resolve("stores"), 0, settings).close();
      return;
    }
    refused(
        folder.resolve("stores"),
        settings,
        "portcullis.password-store is server, but there is no identity store of Jakarta Security;");
  }

  @Test
  void aDatabaseThatIsAwayIsNamedWithTheFileThatSaysWhereItIs() throws IOException {
    refused(
        folder.resolve("away"),
        Map.of(
            "portcullis.database.url",
            "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/portcullis",
            "portcullis.database.user",
            "portcullis",
            "portcullis.database.password",
            "not-to-be-shown"),
        TestedServer.ofThisBuild().sentenceOfAMissingDatabase());
  }

  @Test
  void aDatabaseThatAnotherHandHasChangedIsLeftAlone() throws IOException, SQLException {
    Path home = folder.resolve("migration");
    Map<String, String> settings = new HashMap<>();
    PortcullisProcess.start(home, 0, settings).close();
    TestDatabase database = PortcullisProcess.databaseOf(home);
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          database.product() == TestDatabase.Product.MARIADB
              ? "update flyway_schema_history set checksum = 1 where version = '1'"
              : "update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'");
    }
    refused(
        home,
        settings,
        "The database of the datasource jdbc/portcullis ("
            + TestedServer.ofThisBuild().datasourceFile()
            + ") can't be brought to this version; restore its backup");
  }

  private static void refused(Path home, Map<String, String> settings, String sentence)
      throws IOException {
    int port = Ports.free();
    try (LoggedProcess process = PortcullisProcess.launch(home, port, settings)) {
      process.awaitAfter(0, Pattern.compile(Pattern.quote(sentence)), START);
      assertFalse(String.join("\n", process.log()).contains("not-to-be-shown"));
      assertNotEquals(401, status(URI.create("http://127.0.0.1:" + port + "/api/v1/nodes")));
      assertTrue(process.log().stream().noneMatch(line -> line.contains("is ready on")));
    }
  }

  /** 0 where nobody listens. */
  private static int status(URI address) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (ConnectException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
