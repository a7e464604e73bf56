package dev.portcullis.e2e;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Portcullis as a user runs it, in a JVM of its own, on the server that this build tests. */
final class PortcullisProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Databases by home: a second start finds what the first has left. */
  private static final Map<Path, TestDatabase> DATABASES = new ConcurrentHashMap<>();

  private final LoggedProcess process;
  private final URI address;

  private PortcullisProcess(LoggedProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** The WAR as it was built. */
  static Path war() {
    return Path.of(System.getProperty("portcullis.war"));
  }

  /** The WAR as a third party leaves it who has put a jar with one bean into its libraries. */
  static Path warWith(Class<?> bean, Path folder) {
    Path war = folder.resolve("extended.war");
    ShrinkWrap.createFromZipFile(WebArchive.class, war().toFile())
        .addAsLibrary(
            ShrinkWrap.create(JavaArchive.class, "extension.jar")
                .addClass(bean)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"))
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    return war;
  }

  /** Starts it, and sets the server up before where there is none in {@code home} yet. */
  static PortcullisProcess start(Path home, int port, Map<String, String> settings)
      throws IOException {
    return start(home, war(), port, settings);
  }

  /** Starts it with another WAR. */
  static PortcullisProcess start(Path home, Path war, int port, Map<String, String> settings)
      throws IOException {
    int opened = port == 0 ? Ports.free() : port;
    PortcullisProcess portcullis =
        new PortcullisProcess(
            launch(home, war, opened, settings), URI.create("http://127.0.0.1:" + opened));
    portcullis.awaitReady();
    return portcullis;
  }

  /** Sets the server up and starts nothing, so that more may be set up before the first start. */
  static void install(Path home) throws IOException {
    TestedServer.ofThisBuild().install(home, war(), database(home, new HashMap<>()));
  }

  /** Starts it and waits for nothing. */
  static LoggedProcess launch(Path home, int port, Map<String, String> settings)
      throws IOException {
    return launch(home, war(), port, settings);
  }

  private static LoggedProcess launch(Path home, Path war, int port, Map<String, String> settings)
      throws IOException {
    TestedServer server = TestedServer.ofThisBuild();
    Map<String, String> own = new HashMap<>(settings);
    TestDatabase database = database(home, own);
    if (Files.notExists(home)) {
      server.install(home, war, database);
    }
    return LoggedProcess.start("portcullis", server.command(home, port, database, own));
  }

  /** The database of a Portcullis that was started there. */
  static TestDatabase databaseOf(Path home) {
    return DATABASES.get(home);
  }

  private static TestDatabase database(Path home, Map<String, String> settings) throws IOException {
    TestDatabase given = TestDatabase.takenFrom(settings);
    if (given != null) {
      return given;
    }
    TestDatabase known = DATABASES.get(home);
    if (known == null) {
      known = TestDatabase.ofThisBuild(home);
      DATABASES.put(home, known);
    }
    return known;
  }

  // a server without the application answers 404; the application asks who is there
  private void awaitReady() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/v1/nodes"))
            .timeout(Duration.ofSeconds(20))
            // else a sign-on of the server's own may send us elsewhere
            .header("X-Requested-With", "XMLHttpRequest")
            .build();
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 401) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          break;
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      Pause.millis(200);
    }
    process.kill();
    throw new AssertionError("Portcullis did not start:\n" + String.join("\n", log()));
  }

  URI address() {
    return address;
  }

  int port() {
    return address.getPort();
  }

  /** The admin API, as its first user sees it. */
  AdminApi admin() {
    return new AdminApi(address, "admin", TestUsers.PASSWORD);
  }

  /** Makes a node, and calls as it. */
  NodeCalls node(String name) throws IOException {
    JsonObject made = admin().post("nodes", "{\"name\":\"%s\"}".formatted(name));
    return new NodeCalls(address, name, made.getString("secret"));
  }

  List<String> log() {
    return process.log();
  }

  /** Ends it as Ctrl-C does. */
  @Override
  public void close() {
    process.close();
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.kill();
  }
}
