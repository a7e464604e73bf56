package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * GlassFish; an instance is a domain of its own. As for a user, a domain that runs is given the
 * commands of {@code server-config}, and one that has not got the WAR yet is told to deploy it.
 */
final class GlassFishServer implements TestedServer {
  private static final Path CONFIGURATION = Path.of("server-config", "glassfish").toAbsolutePath();

  /** How the names of what {@code ldap.asadmin} must know begin. */
  private static final String REALM = "PORTCULLIS_REALM_";

  /** What runs the server in the shell's place and deploys the WAR, if it is told one. */
  private static final String START =
      """
      asadmin() {
        "$JAVA_HOME/bin/java" -jar "$CLI" --port "$ADMIN_PORT" "$@"
      }
      if [ -n "$WAR" ]; then
        (
          until asadmin uptime > /dev/null 2>&1; do
            kill -0 $$ || exit
          done
          asadmin deploy --name portcullis --contextroot / \
              ${DESCRIPTOR:+--runtimealtdd "$DESCRIPTOR"} "$WAR"
        ) < /dev/null &
      fi
      exec "$@"
      """;

  /** Domains that were given the commands: an instance is a copy of one. */
  private static final Map<TestDatabase.Product, Path> CONFIGURED =
      new EnumMap<>(TestDatabase.Product.class);

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    TestedServer.copy(configured(database), home);
    Files.writeString(home.resolve("config/keyfile"), TestUsers.ofKeyfile());
    setPassword(home, "portcullis-database", database.password());
    Files.copy(war, home.resolve("portcullis.war"));
  }

  @Override
  public boolean use(SignOn signOn, Path home) throws IOException {
    if (signOn != SignOn.DIRECTORY) {
      return false;
    }
    setProperty(home, "PORTCULLIS_PORT", Integer.toString(Ports.free()));
    administer(home, List.of("ldap.asadmin"));
    return true;
  }

  @Override
  public boolean findsGroupsOfEveryName() {
    return false;
  }

  @Override
  public void declare(String group, String role, Path home) throws IOException {
    Asadmin.writeDescriptor(descriptor(home), group, role);
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    int adminPort = Ports.free();
    setPort(home, "admin-listener", adminPort);
    setProperty(home, "PORTCULLIS_PORT", Integer.toString(port));
    setProperty(home, "PORTCULLIS_DATABASE_URL", database.url());
    setProperty(home, "PORTCULLIS_DATABASE_USER", database.user());
    setRealm(home, settings);
    boolean deployed = Files.readString(domain(home)).contains("<application ");
    List<String> command = new ArrayList<>(List.of("sh", "-c", START, "glassfish"));
    command.addAll(Asadmin.serverOf(home, List.of()));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("CLI", Asadmin.jar().toString());
    environment.put("ADMIN_PORT", Integer.toString(adminPort));
    environment.put("WAR", deployed ? "" : home.resolve("portcullis.war").toString());
    environment.put(
        "DESCRIPTOR", Files.exists(descriptor(home)) ? descriptor(home).toString() : "");
    environment.put("PORTCULLIS_KEY", KEY);
    TestedServer.set(environment, settings);
    // it reads no environment for its realm
    environment.keySet().removeIf(name -> name.startsWith(REALM));
    return builder;
  }

  private static void setRealm(Path home, Map<String, String> settings) throws IOException {
    Map<String, String> realm = new HashMap<>();
    TestedServer.set(realm, settings);
    String password = realm.remove(REALM + "PASSWORD");
    if (password != null) {
      setPassword(home, "portcullis-ldap", password);
    }
    for (Map.Entry<String, String> setting : realm.entrySet()) {
      if (setting.getKey().startsWith(REALM)) {
        setProperty(home, setting.getKey(), setting.getValue());
      }
    }
  }

  @Override
  public String datasourceFile() {
    return "the domain's config/domain.xml";
  }

  /** Its realms lock nobody. */
  @Override
  public int wrongPasswordsUntilLocked() {
    return 20;
  }

  /** Its connector knows no header for the address. */
  @Override
  public Set<Forwarded> believes() {
    return EnumSet.of(Forwarded.SCHEME);
  }

  @Override
  public boolean hasOpenIdConnect() {
    return true;
  }

  /** EclipseLink asks the database what it is before the application starts. */
  @Override
  public String sentenceOfAMissingDatabase() {
    return "Failed to obtain/create connection from connection pool [portcullis]";
  }

  /** A new domain, once it has been given the commands. */
  private static synchronized Path configured(TestDatabase database) throws IOException {
    Path known = CONFIGURED.get(database.product());
    if (known != null) {
      return known;
    }
    String name = database.product().name().toLowerCase(Locale.ROOT);
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "glassfish-" + name);
    TestedServer.copy(TestedServer.product().resolve("glassfish/domains/domain1"), home);
    sed("listeners.sed", domain(home));
    setPort(home, "http-listener-1", Ports.free());
    Path driver = database.driver();
    Files.copy(driver, home.resolve("lib").resolve(driver.getFileName()));
    administer(home, List.of("portcullis.asadmin", name + ".asadmin"));
    CONFIGURED.put(database.product(), home);
    return home;
  }

  /** Starts a domain, gives it commands, and ends it. */
  private static void administer(Path home, List<String> commands) throws IOException {
    int adminPort = Ports.free();
    setPort(home, "admin-listener", adminPort);
    try (LoggedProcess server =
        LoggedProcess.start("glassfish", new ProcessBuilder(Asadmin.serverOf(home, List.of())))) {
      server.await(Pattern.compile("startup time"), Duration.ofMinutes(4));
      for (String file : commands) {
        administer(adminPort, file);
      }
    }
  }

  // a command that fails does not fail those after it, nor the whole
  private static void administer(int port, String commands) throws IOException {
    List<String> log =
        Asadmin.run(
            "--port",
            Integer.toString(port),
            "multimode",
            "--file",
            CONFIGURATION.resolve(commands).toString());
    if (log.stream().anyMatch(line -> line.endsWith("failed."))) {
      throw new IOException(commands + " failed:\n" + String.join("\n", log));
    }
  }

  private static void sed(String script, Path file) throws IOException {
    LoggedProcess sed =
        LoggedProcess.start(
            "sed",
            new ProcessBuilder(
                "sed", "-i", "-f", CONFIGURATION.resolve(script).toString(), file.toString()));
    try {
      if (sed.exitStatus() != 0) {
        throw new IOException(script + " failed:\n" + String.join("\n", sed.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Path descriptor(Path home) {
    return home.resolve("glassfish-web.xml");
  }

  private static Path domain(Path home) {
    return home.resolve("config/domain.xml");
  }

  private static void setPort(Path home, String listener, int port) throws IOException {
    replace(
        domain(home), "port=\"\\d+\"(?=[^>]* name=\"" + listener + "\")", "port=\"" + port + '"');
  }

  /** As {@code asadmin create-system-properties}, but in a domain that does not run. */
  private static void setProperty(Path home, String name, String value) throws IOException {
    replace(
        domain(home),
        "name=\"" + name + "\" value=\"[^\"]*\"",
        "name=\"%s\" value=\"%s\"".formatted(name, value.replace("&", "&amp;")));
  }

  private static void replace(Path file, String pattern, String by) throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll(pattern, Matcher.quoteReplacement(by)));
  }

  /** As {@code asadmin create-password-alias}, but in a domain that does not run. */
  private static void setPassword(Path home, String alias, String password) throws IOException {
    char[] master = "changeit".toCharArray();
    Path file = home.resolve("config/domain-passwords");
    try {
      KeyStore aliases = KeyStore.getInstance("JCEKS");
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          aliases.load(in, master);
        }
      } else {
        aliases.load(null, master);
      }
      aliases.setEntry(
          alias,
          new KeyStore.SecretKeyEntry(new SecretKeySpec(password.getBytes(UTF_8), "AES")),
          new KeyStore.PasswordProtection(master));
      try (OutputStream out = Files.newOutputStream(file)) {
        aliases.store(out, master);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
