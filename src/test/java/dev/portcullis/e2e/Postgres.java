package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL of its own, from the server's package. */
final class Postgres implements AutoCloseable {
  private static final String HOW_TO_GET_IT =
      "PostgreSQL is not there: install its server package (postgresql) and run again";

  private final List<String> command;
  private final int port;
  private LoggedProcess process;

  private Postgres(List<String> command, int port) {
    this.command = command;
    this.port = port;
  }

  static Postgres start(Path folder) throws IOException {
    Path binaries = binaries();
    Path data = Files.createDirectory(folder.resolve("postgres"));
    if (isRoot()) {
      // it refuses to run as root
      open(folder);
      run(List.of("chown", "nobody", data.toString()));
    }
    int port = Ports.free();
    run(
        asUser(
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
            asUser(
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

  /** Starts it with the data that it had when it was closed. */
  void startAgain() throws IOException {
    process = LoggedProcess.start("postgres", new ProcessBuilder(command));
    process.await(
        Pattern.compile("database system is ready to accept connections"), Duration.ofSeconds(60));
  }

  Connection connect() throws SQLException {
    Map<String, String> settings = settings();
    return DriverManager.getConnection(
        settings.get("portcullis.database.url"),
        settings.get("portcullis.database.user"),
        settings.get("portcullis.database.password"));
  }

  /** What the launcher must be told. */
  Map<String, String> settings() {
    return Map.of(
        "portcullis.database.url",
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "portcullis.database.user",
        "portcullis",
        "portcullis.database.password",
        "any");
  }

  private static void open(Path folder) throws IOException {
    for (Path path = folder;
        path != null && path.startsWith(System.getProperty("java.io.tmpdir"));
        path = path.getParent()) {
      if (!path.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static List<String> asUser(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
    }
    all.addAll(Arrays.asList(command));
    return all;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
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
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(HOW_TO_GET_IT);
    }
    Assumptions.abort(HOW_TO_GET_IT);
    throw new IllegalStateException("aborted");
  }

  private static void run(List<String> command) throws IOException {
    LoggedProcess process = LoggedProcess.start(command.get(0), new ProcessBuilder(command));
    try {
      if (process.exitStatus() != 0) {
        throw new IOException(command + " failed:\n" + String.join("\n", process.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Ends it at once, as an administrator in a hurry does: open connections break. */
  @Override
  public void close() {
    process.signal("INT");
    process.close();
  }
}
