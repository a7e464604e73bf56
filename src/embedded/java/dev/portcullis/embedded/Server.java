package dev.portcullis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Realm;
import org.apache.catalina.Valve;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.openejb.AppContext;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

/** The embedded TomEE with the WAR at its root. */
final class Server implements AutoCloseable {
  static final String DATASOURCE = "jdbc/portcullis";

  private final Container container;
  private final QuietConnector connector;
  private final Path work;

  private Server(Container container, QuietConnector connector, Path work) {
    this.container = container;
    this.connector = connector;
    this.work = work;
  }

  /** A server that has not started yet. */
  static Server prepared(Address address, Database database, Realm realm) throws IOException {
    Path work = Files.createTempDirectory("portcullis-");
    Configuration configuration = new Configuration();
    configuration.setDir(work.toString());
    configuration.setTempDir(work.resolve("temp").toString());
    configuration.setStopPort(-1);
    // its own would listen on every address
    configuration.setSkipHttp(true);
    QuietConnector connector = new QuietConnector(address);
    configuration.getConnectors().add(connector);
    // the quick ones are not random enough
    configuration.setQuickSession(false);
    configuration.setRealm(realm);
    Properties properties = new Properties();
    database.describeTo(properties);
    configuration.setProperties(properties);
    Container container = new Container();
    container.setup(configuration);
    return new Server(container, connector, work);
  }

  void start(Path war, Log log) throws StartFailure {
    try {
      container.start();
      hideTomcat();
      AppContext application = container.deploy("ROOT", war.toFile(), true);
      if (application != null && isRunning()) {
        return;
      }
    } catch (Exception | LinkageError e) {
      throw refused(e);
    }
    throw refused(log.lastFailure().orElseGet(() -> new IllegalStateException("no reason given")));
  }

  // its error pages tell versions and stack traces
  private void hideTomcat() {
    for (Valve valve : container.getTomcat().getHost().getPipeline().getValves()) {
      if (valve instanceof ErrorReportValve errors) {
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
      }
    }
  }

  private boolean isRunning() {
    return Stream.of(container.getTomcat().getHost().findChildren())
        .allMatch(context -> context.getState() == LifecycleState.STARTED);
  }

  private static StartFailure refused(Throwable cause) {
    return new StartFailure(StartFailure.reason(cause), cause);
  }

  /** Answers from now on, and says where. */
  Address answer(Address address) throws StartFailure {
    connector.answer();
    return address.withPort(connector.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    try {
      container.stop();
    } catch (Exception e) {
      throw new IOException("TomEE did not stop in order", e);
    } finally {
      delete(work);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
