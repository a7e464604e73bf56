package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** WildFly; an instance is a copy of the product's {@code standalone}. */
final class WildFlyServer implements TestedServer {
  private static final Path SCRIPTS = Path.of("server-config", "wildfly").toAbsolutePath();

  /**
   * As bin/standalone.sh starts it, but in the place of the shell, which a SIGKILL would not
   * outlive.
   */
  private static final String START =
      """
      . "$JBOSS_HOME/bin/common.sh"
      setDefaultModularJvmOptions
      exec "$JAVA" $DEFAULT_MODULAR_JVM_OPTIONS "$@"
      """;

  private static final String FILE = "standalone.xml";

  /** What the scripts have made of the product's configuration, by database. */
  private static final Map<TestDatabase.Product, Path> CONFIGURED =
      new EnumMap<>(TestDatabase.Product.class);

  private final Path product = TestedServer.product();

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    TestedServer.copy(product.resolve("standalone"), home);
    Path configuration = home.resolve("configuration");
    Files.copy(
        configured(database.product()),
        configuration.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING);
    users(configuration);
    Path deployments = home.resolve("deployments");
    driver(database, deployments);
    Files.copy(war, deployments.resolve("portcullis.war"));
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) {
    Path configuration = home.resolve("configuration");
    ProcessBuilder command =
        new ProcessBuilder(
            "sh",
            "-c",
            START,
            "wildfly",
            "-Xmx512m",
            "-Djava.net.preferIPv4Stack=true",
            "-Dorg.jboss.logmanager.nocolor=true",
            "-Dorg.jboss.boot.log.file=" + home.resolve("log").resolve("server.log"),
            "-Dlogging.configuration=" + configuration.resolve("logging.properties").toUri(),
            "-jar",
            product.resolve("jboss-modules.jar").toString(),
            "-mp",
            product.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-Djboss.home.dir=" + product,
            "-Djboss.server.base.dir=" + home,
            "-b=127.0.0.1",
            "-bmanagement=127.0.0.1",
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=0",
            "-Djboss.management.http.port=0");
    environment(command);
    command.environment().put("PORTCULLIS_KEY", KEY);
    TestedServer.set(command.environment(), database.settings());
    TestedServer.set(command.environment(), settings);
    return command;
  }

  @Override
  public boolean use(SignOn signOn, Path home) throws IOException {
    configure(
        home,
        switch (signOn) {
          case DIRECTORY -> "ldap.cli";
          case PROVIDER -> "oidc.cli";
        });
    return true;
  }

  /** One for OpenID Connect, always. */
  @Override
  public boolean bringsAnIdentityStore() {
    return true;
  }

  @Override
  public boolean hasOpenIdConnect() {
    return true;
  }

  @Override
  public String datasourceFile() {
    return "standalone/configuration/standalone.xml";
  }

  /** Hibernate asks the database what it is before the application starts. */
  @Override
  public String sentenceOfAMissingDatabase() {
    return "IJ000453: Unable to get managed connection for java:/jdbc/portcullis";
  }

  private void environment(ProcessBuilder command) {
    Map<String, String> environment = command.environment();
    environment.put("JBOSS_HOME", product.toString());
    environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // what common.sh takes from the script that reads it
    environment.put("DIRNAME", product.resolve("bin").toString());
    environment.put("GREP", "grep");
  }

  private static String script(TestDatabase.Product database) {
    return switch (database) {
      case H2 -> "h2.cli";
      case POSTGRESQL -> "postgresql.cli";
      case MARIADB -> "mariadb.cli";
    };
  }

  /** Under the name that the script knows. */
  private static void driver(TestDatabase database, Path deployments) throws IOException {
    switch (database.product()) {
      case H2 -> {} // WildFly has one
      case POSTGRESQL -> Files.copy(database.driver(), deployments.resolve("postgresql.jar"));
      case MARIADB -> Files.copy(database.driver(), deployments.resolve("mariadb-java-client.jar"));
    }
  }

  /** Made once for all instances: a script starts half a server. */
  private Path configured(TestDatabase.Product database) throws IOException {
    synchronized (CONFIGURED) {
      Path known = CONFIGURED.get(database);
      if (known == null) {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "wildfly-");
        TestedServer.copy(product.resolve("standalone"), home);
        configure(home, script(database));
        configure(home, "portcullis.cli");
        known = home.resolve("configuration").resolve(FILE);
        CONFIGURED.put(database, known);
      }
      return known;
    }
  }

  private void configure(Path home, String script) throws IOException {
    ProcessBuilder cli =
        new ProcessBuilder(
            product.resolve("bin").resolve("jboss-cli.sh").toString(),
            "--file=" + SCRIPTS.resolve(script));
    environment(cli);
    cli.environment().put("JAVA_OPTS", "-Djboss.server.base.dir=" + home);
    LoggedProcess process = LoggedProcess.start(script, cli);
    try {
      if (process.exitStatus() != 0) {
        throw new IOException(script + " failed:\n" + String.join("\n", process.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** What bin/add-user.sh writes. */
  private static void users(Path configuration) throws IOException {
    List<String> users = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    TestUsers.ROLES.forEach(
        (name, role) -> {
          users.add(name + "=" + hash(name + ":ApplicationRealm:" + TestUsers.PASSWORD));
          groups.add(name + "=" + role);
        });
    append(configuration.resolve("application-users.properties"), users);
    append(configuration.resolve("application-roles.properties"), groups);
  }

  private static void append(Path file, List<String> lines) throws IOException {
    Files.write(file, lines, StandardOpenOption.APPEND);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
