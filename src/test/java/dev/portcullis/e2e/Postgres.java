package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real PostgreSQL of its own, from the server's package. */
final class Postgres implements DatabaseServer {
  private final List<String> command;
  private final int port;
  private LoggedProcess process;

  private Postgres(List<String> command, int port) {
    this.command = command;
    this.port = port;
  }

  static Postgres start(Path folder) throws IOException {
    Path binaries = binaries();
    Path data = InstalledServer.dataFolder(folder, "postgres");
    int port = Ports.free();
    InstalledServer.run(
        InstalledServer.command(
            binaries.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "portcullis",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync"));
    Postgres postgres =
        new Postgres(
            InstalledServer.command(
                binaries.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="),
            port);
    postgres.startAgain();
    return postgres;
  }

  @Override
  public void startAgain() throws IOException {
    process = LoggedProcess.start("postgres", new ProcessBuilder(command));
    process.await(
        Pattern.compile("database system is ready to accept connections"), Duration.ofSeconds(60));
  }

  @Override
  public TestDatabase newDatabase(String name) throws SQLException {
    try (Connection connection = DatabaseServer.connect(database("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return database(name);
  }

  private TestDatabase database(String name) {
    return new TestDatabase(
        TestDatabase.Product.POSTGRESQL,
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name,
        "portcullis",
        "any");
  }

  @Override
  public String locking(String... tables) {
    return "begin; lock table " + String.join(", ", tables) + " in access exclusive mode";
  }

  private static Path binaries() throws IOException {
    Path packaged = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(packaged)) {
      try (Stream<Path> versions = Files.list(packaged)) {
        Optional<Path> newest =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .max(Comparator.naturalOrder());
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    throw InstalledServer.missing("PostgreSQL", "postgresql");
  }

  @Override
  public void close() {
    process.signal("INT");
    process.close();
  }
}
