package dev.portcullis.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Open Liberty; an instance is a user directory with one server in it. */
final class LibertyServer implements TestedServer {
  private static final Path FILES = Path.of("server-config", "liberty").toAbsolutePath();
  private static final String NAME = "portcullis";

  private static final List<String> ROLES =
      List.of("portcullis-admin", "portcullis-operator", "portcullis-auditor");

  private static String passwordHash = "";

  private final Path product = TestedServer.product();

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    Path server = server(home);
    Path apps = Files.createDirectories(server.resolve("apps"));
    Path jdbc = Files.createDirectories(server.resolve("jdbc"));
    Path defaults = Files.createDirectories(defaults(home));
    // as "bin/server create" does, and then Liberty makes a keystore
    Files.writeString(server.resolve("server.env"), "keystore_password=of-tests\n");
    Files.copy(FILES.resolve("server.xml"), server.resolve("server.xml"));
    Files.copy(FILES.resolve("bootstrap.properties"), server.resolve("bootstrap.properties"));
    Files.copy(FILES.resolve(datasource(database.product())), defaults.resolve("datasource.xml"));
    Files.copy(FILES.resolve("people.xml"), defaults.resolve("people.xml"));
    Files.writeString(defaults.resolve("people-of-tests.xml"), people());
    Path driver = database.driver();
    Files.copy(driver, jdbc.resolve(driver.getFileName()));
    Files.copy(war, apps.resolve("portcullis.war"));
  }

  private static Path server(Path home) {
    return home.resolve("servers").resolve(NAME);
  }

  private static Path defaults(Path home) {
    return server(home).resolve("configDropins").resolve("defaults");
  }

  private static String datasource(TestDatabase.Product database) {
    return switch (database) {
      case H2 -> "datasource-h2.xml";
      case POSTGRESQL -> "datasource-postgresql.xml";
      case MARIADB -> "datasource-mariadb.xml";
    };
  }

  @Override
  public boolean use(SignOn signOn, Path home) throws IOException {
    Files.delete(defaults(home).resolve("people.xml"));
    Files.delete(defaults(home).resolve("people-of-tests.xml"));
    String file =
        switch (signOn) {
          case DIRECTORY -> "ldap.xml";
          case PROVIDER -> "oidc.xml";
        };
    Files.copy(FILES.resolve(file), defaults(home).resolve(file));
    return true;
  }

  @Override
  public boolean takesEveryName() {
    return false;
  }

  @Override
  public boolean sendsCallsOfTheApiToTheProvider() {
    return false;
  }

  @Override
  public boolean takesGroupsOfTheProvider() {
    return true;
  }

  @Override
  public boolean comesBackToTheSignIn() {
    return false;
  }

  @Override
  public boolean leavesRefusedTokensToPortcullis() {
    return false;
  }

  /**
   * By the binding that the README gives: once there is one, it must name the roles' own groups.
   */
  @Override
  public void declare(String group, String role, Path home) throws IOException {
    String roles =
        ROLES.stream()
            .map(
                own ->
                    "<security-role name=\"%s\">%s%s</security-role>%n"
                        .formatted(own, group(own), own.equals(role) ? group(group) : ""))
            .collect(Collectors.joining());
    Files.writeString(
        defaults(home).resolve("roles.xml"),
        "<server><webApplication id=\"portcullis\"><application-bnd>%n%s</application-bnd></webApplication></server>%n"
            .formatted(roles));
  }

  private static String group(String name) {
    return "<group name=\"%s\" access-id=\"group:portcullis/%1$s\"/>".formatted(name);
  }

  /** Beside the administrator, who is in people.xml. */
  private String people() throws IOException {
    String hash = passwordHash();
    Set<String> names = new TreeSet<>(TestUsers.ROLES.keySet());
    names.remove("admin");
    String users =
        names.stream()
            .map(name -> "<user name=\"%s\" password=\"%s\"/>%n".formatted(name, hash))
            .collect(Collectors.joining());
    String groups =
        names.stream()
            .map(
                name ->
                    "<group id=\"%s\" name=\"%1$s\"><member name=\"%s\"/></group>%n"
                        .formatted(TestUsers.ROLES.get(name), name))
            .collect(Collectors.joining());
    return "<server><basicRegistry id=\"basic\">%n%s%s</basicRegistry></server>%n"
        .formatted(users, groups);
  }

  /** By the command that the README gives, once for all instances. */
  private String passwordHash() throws IOException {
    synchronized (LibertyServer.class) {
      if (passwordHash.isEmpty()) {
        passwordHash = hash(TestUsers.PASSWORD);
      }
      return passwordHash;
    }
  }

  private String hash(String password) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            "sh",
            product.resolve("bin").resolve("securityUtility").toString(),
            "encode",
            "--encoding=hash",
            password);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    LoggedProcess process = LoggedProcess.start("securityUtility", command);
    try {
      if (process.exitStatus() != 0) {
        throw new IOException("securityUtility failed:\n" + String.join("\n", process.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return process.await(Pattern.compile("^\\{hash}\\S+$"), Duration.ofSeconds(5)).group();
  }

  /** Its registry locks nobody. */
  @Override
  public int wrongPasswordsUntilLocked() {
    return 20;
  }

  @Override
  public boolean hasOpenIdConnect() {
    return true;
  }

  @Override
  public String datasourceFile() {
    return "server.xml";
  }

  // the shell hands its process over to Java, so a signal reaches the server itself
  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder("sh", product.resolve("bin").resolve("server").toString(), "run", NAME);
    Map<String, String> environment = command.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JVM_ARGS", "-Xmx512m");
    environment.put("WLP_USER_DIR", home.toString());
    environment.put("PORTCULLIS_KEY", KEY);
    environment.put("PORTCULLIS_PORT", Integer.toString(port));
    environment.put("PORTCULLIS_ADMIN_HASH", passwordHash());
    TestedServer.set(environment, database.settings());
    // the provider of tests has no TLS
    environment.put("PORTCULLIS_OIDC_HTTPS_REQUIRED", "false");
    TestedServer.set(environment, settings);
    String realm = settings.get("portcullis.realm.url");
    if (realm != null) {
      environment.put("PORTCULLIS_REALM_HOST", URI.create(realm).getHost());
      environment.put("PORTCULLIS_REALM_PORT", Integer.toString(URI.create(realm).getPort()));
    }
    return command;
  }
}
