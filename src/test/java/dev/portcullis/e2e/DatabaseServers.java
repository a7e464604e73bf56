package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The database servers that this JVM's tests share, each started when it is first asked for. Who
 * stops one starts one of his own.
 */
final class DatabaseServers {
  private static final Map<TestDatabase.Product, DatabaseServer> RUNNING =
      new EnumMap<>(TestDatabase.Product.class);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private DatabaseServers() {}

  /** Makes a database that nobody has used; H2 has no server for that. */
  static TestDatabase fresh(TestDatabase.Product product) throws IOException {
    try {
      return of(product).newDatabase("portcullis_" + DATABASES.incrementAndGet());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The shared server of a product; H2 has none. */
  static synchronized DatabaseServer of(TestDatabase.Product product) throws IOException {
    DatabaseServer running = RUNNING.get(product);
    if (running == null) {
      Path folder = Files.createTempDirectory("portcullis-database-");
      running = start(product, folder);
      RUNNING.put(product, running);
      DatabaseServer started = running;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
    }
    return running;
  }

  private static DatabaseServer start(TestDatabase.Product product, Path folder)
      throws IOException {
    return switch (product) {
      case POSTGRESQL -> Postgres.start(folder);
      case MARIADB -> MariaDb.start(folder);
      case H2 -> throw new IllegalArgumentException("H2 runs where its file is used");
    };
  }

  private static void end(DatabaseServer server, Path folder) {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("Left behind: " + folder + ": " + e);
    }
  }
}
