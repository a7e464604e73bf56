package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A real MariaDB of its own, from the server's package. */
final class MariaDb implements DatabaseServer {
  private static final String USER = "portcullis";
  private static final String PASSWORD = "any";

  private final List<String> command;
  private final int port;
  private LoggedProcess process;

  private MariaDb(List<String> command, int port) {
    this.command = command;
    this.port = port;
  }

  static MariaDb start(Path folder) throws IOException {
    String server = program("mariadbd");
    String installer = program("mariadb-install-db");
    Path data = InstalledServer.dataFolder(folder, "mariadb");
    InstalledServer.run(
        InstalledServer.command(
            installer,
            "--no-defaults",
            "--datadir=" + data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve"));
    int port = Ports.free();
    MariaDb mariaDb =
        new MariaDb(
            InstalledServer.command(
                server,
                "--no-defaults",
                "--datadir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + data.resolve("socket"),
                "--pid-file=" + data.resolve("pid"),
                "--skip-name-resolve",
                "--skip-ssl"),
            port);
    mariaDb.startAgain();
    return mariaDb;
  }

  private static String program(String name) {
    return InstalledServer.program(name)
        .orElseThrow(() -> InstalledServer.missing("MariaDB", "mariadb-server"))
        .toString();
  }

  @Override
  public void startAgain() throws IOException {
    process = LoggedProcess.start("mariadbd", new ProcessBuilder(command));
    process.await(Pattern.compile("ready for connections"), Duration.ofSeconds(60));
  }

  @Override
  public TestDatabase newDatabase(String name) throws SQLException {
    try (Connection connection = DatabaseServer.connect(database("", "root", ""));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      statement.execute(
          "create user if not exists %s@'127.0.0.1' identified by '%s'".formatted(USER, PASSWORD));
      statement.execute("grant all on %s.* to %s@'127.0.0.1'".formatted(name, USER));
    }
    return database(name, USER, PASSWORD);
  }

  private TestDatabase database(String name, String user, String password) {
    return new TestDatabase(
        TestDatabase.Product.MARIADB,
        "jdbc:mariadb://127.0.0.1:" + port + "/" + name,
        user,
        password);
  }

  @Override
  public String locking(String... tables) {
    return "lock tables " + String.join(" write, ", tables) + " write";
  }

  @Override
  public void close() {
    process.close();
  }
}
