package dev.portcullis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the unpacked WAR on an embedded TomEE until the process is told to stop.
 *
 * <p>Settings, each a system property or an environment variable ({@code PORTCULLIS_PORT}): {@code
 * portcullis.port} (8080; 0 is any free port), {@code portcullis.bind} (127.0.0.1), {@code
 * portcullis.data} (the folder {@code data}), {@code portcullis.database.url}, {@code .user} and
 * {@code .password} (an H2 database in the data folder), {@code portcullis.key} (a key file in the
 * data folder), {@code portcullis.war} ({@code target/portcullis}).
 */
public final class Launcher {
  private static final int NEWEST_JAVA = 23;

  private final Log log;
  private final Closing closing;

  private Launcher(Log log, Closing closing) {
    this.log = log;
    this.closing = closing;
  }

  /** Starts Portcullis; takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Log log = Log.toConsole();
    FailureMark mark = FailureMark.ofProcess();
    mark.clear();
    Closing closing = Closing.atEnd();
    if (Boolean.getBoolean("portcullis.stop-with-parent")) {
      ParentWatch.start();
    }
    try {
      new Launcher(log, closing).start();
    } catch (Exception | LinkageError e) {
      if (!closing.hasBegun()) {
        log.serving(false);
        System.err.println("Portcullis did not start. " + StartFailure.sentence(e));
        mark.set();
        System.exit(1);
      }
    }
    new CountDownLatch(1).await();
  }

  private void start() throws Exception {
    requireJava();
    LaunchOptions options = LaunchOptions.read(LaunchOptions::ofProcess);
    requireWar(options.war());
    DataFolder folder = DataFolder.open(options.data());
    log.toFiles(folder);
    Address address = Address.free(options.bind(), options.port());
    handOver(options, folder);

    Database database = closing.add(Database.open(options, folder));
    Users users = Users.of(folder);
    if (users.isFirstStart()) {
      Administrator administrator = users.addAdministrator();
      Address opened = serve(options, database, users, address);
      Optional<String> secret = new FirstNode(opened, administrator).secret();
      System.out.print(new Welcome(opened, administrator, secret).text());
      System.out.flush();
      users.keep();
      ready(opened);
    } else {
      ready(serve(options, database, users, address));
    }
  }

  private Address serve(LaunchOptions options, Database database, Users users, Address address)
      throws Exception {
    Server server = closing.add(Server.prepared(address, database, users.realm()));
    closing.add(() -> log.serving(false));
    server.start(options.war(), log);
    Address opened = server.answer(address);
    log.serving(true);
    return opened;
  }

  private static void ready(Address address) {
    System.out.println("Portcullis is ready on " + address.url());
  }

  private static void requireJava() throws StartFailure {
    int java = Runtime.version().feature();
    if (java > NEWEST_JAVA) {
      throw new StartFailure(
          "This is Java %d, and the embedded TomEE runs on Java 17 to %d; point JAVA_HOME to such a one"
              .formatted(java, NEWEST_JAVA));
    }
  }

  private static void requireWar(Path war) throws StartFailure {
    if (!Files.isDirectory(war.resolve("WEB-INF"))) {
      throw new StartFailure(
          "There is no unpacked WAR at %s; build it with: mvn war:exploded, or name its folder with portcullis.war"
              .formatted(war));
    }
  }

  // the WAR reads its own settings; an empty property would hide an environment variable from it
  private static void handOver(LaunchOptions options, DataFolder folder) throws StartFailure {
    System.getProperties()
        .entrySet()
        .removeIf(
            property ->
                property.getKey().toString().startsWith("portcullis.")
                    && property.getValue().toString().isBlank());
    System.clearProperty("portcullis.database.password");
    System.setProperty("portcullis.data", folder.path().toString());
    String key = options.key().isPresent() ? options.key().get() : new KeyFile(folder).key();
    System.setProperty("portcullis.key", key);
  }
}
