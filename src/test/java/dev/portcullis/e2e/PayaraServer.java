package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Payara; an instance is a domain of its own. As for a user, the first start carries out the
 * commands of {@code server-config}, and a start deploys the WAR unless one before has done so.
 */
final class PayaraServer implements TestedServer {
  private static final Path CONFIGURATION = Path.of("server-config", "payara");

  /**
   * What only tests want: several servers at the same time, each with its port of administration.
   */
  private static final String ONLY_HERE =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".admin-listener.port=${ENV=PORTCULLIS_ADMIN_PORT:4848}";

  private final Path product = TestedServer.product();

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    TestedServer.copy(product.resolve("glassfish/domains/domain1"), home);
    Path driver = database.driver();
    Files.copy(driver, home.resolve("lib").resolve(driver.getFileName()));
    Files.writeString(home.resolve("config/keyfile"), users());
    Files.copy(war, home.resolve("portcullis.war"));
    Files.write(
        home.resolve("first.asadmin"),
        List.of(
            Files.readString(CONFIGURATION.resolve("portcullis.asadmin")),
            Files.readString(
                CONFIGURATION.resolve(
                    database.product().name().toLowerCase(Locale.ROOT) + ".asadmin")),
            ONLY_HERE));
    deploy(home, "");
  }

  private static void deploy(Path home, String options) throws IOException {
    Files.writeString(
        home.resolve("deploy.asadmin"),
        "deploy --skipdsfailure --name portcullis --contextroot / "
            + options
            + home.resolve("portcullis.war")
            + "\n");
  }

  @Override
  public boolean use(SignOn signOn, Path home) throws IOException {
    if (signOn != SignOn.DIRECTORY) {
      return false;
    }
    Files.writeString(
        home.resolve("first.asadmin"),
        "\n" + Files.readString(CONFIGURATION.resolve("ldap.asadmin")),
        StandardOpenOption.APPEND);
    // what makes the realm is one start, and the realm counts from the next one on
    ProcessBuilder first = server(startDomain(home));
    first.environment().put("PORTCULLIS_PORT", Integer.toString(Ports.free()));
    try (LoggedProcess process = LoggedProcess.start("payara", first)) {
      process.await(Pattern.compile("startup time"), Duration.ofMinutes(2));
    }
    return true;
  }

  @Override
  public boolean findsGroupsOfEveryName() {
    return false;
  }

  @Override
  public void declare(String group, String role, Path home) throws IOException {
    Path descriptor = home.resolve("glassfish-web.xml");
    String ofRole = "<group-name>" + role + "</group-name>";
    Files.writeString(
        descriptor,
        Files.readString(Path.of("src/main/webapp/WEB-INF/glassfish-web.xml"))
            .replace(ofRole, ofRole + "<group-name>" + group + "</group-name>"));
    deploy(home, "--runtimealtdd " + descriptor + " ");
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    List<String> start = startDomain(home);
    if (!isIn(home, "<application ")) {
      start.addAll(
          start.indexOf("start-domain") + 1,
          List.of("--postbootcommandfile", home.resolve("deploy.asadmin").toString()));
    }
    ProcessBuilder builder = server(start);
    Map<String, String> environment = builder.environment();
    environment.put("PORTCULLIS_PORT", Integer.toString(port));
    environment.put("PORTCULLIS_KEY", KEY);
    TestedServer.set(environment, database.settings());
    TestedServer.set(environment, settings);
    return builder;
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

  /** One for OpenID Connect, always. */
  @Override
  public boolean bringsAnIdentityStore() {
    return true;
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

  private static ProcessBuilder server(List<String> startDomain) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(java(startDomain));
    // the server waits for the end of its input before it starts
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("PORTCULLIS_ADMIN_PORT", Integer.toString(Ports.free()));
    return builder;
  }

  /** The server itself, not the script that starts it, so that a signal reaches the server. */
  private static List<String> java(List<String> startDomain) throws IOException {
    LoggedProcess asadmin = LoggedProcess.start("asadmin", new ProcessBuilder(startDomain));
    try {
      if (asadmin.exitStatus() != 0) {
        throw new IOException("asadmin failed:\n" + String.join("\n", asadmin.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    List<String> command =
        asadmin.log().stream()
            .dropWhile(line -> !line.startsWith("Dump of JVM Invocation"))
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    // asadmin would hand over the master password, which is the product's own here
    command.set(command.indexOf("-read-stdin") + 1, "false");
    return command;
  }

  private List<String> startDomain(Path home) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                product.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "start-domain",
                "--dry-run",
                "--verbose"));
    if (!isIn(home, "jndi-name=\"jdbc/portcullis\"")) {
      command.addAll(List.of("--prebootcommandfile", home.resolve("first.asadmin").toString()));
    }
    command.addAll(
        List.of("--domaindir", home.getParent().toString(), home.getFileName().toString()));
    return command;
  }

  private static boolean isIn(Path home, String text) throws IOException {
    return Files.readString(home.resolve("config/domain.xml")).contains(text);
  }

  /** The file that {@code asadmin create-file-user} writes. */
  private static String users() {
    return TestUsers.ROLES.entrySet().stream()
        .map(user -> "%s;{SSHA256}%s;%s\n".formatted(user.getKey(), hash(), user.getValue()))
        .collect(Collectors.joining());
  }

  private static String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] salt = "of tests".getBytes(UTF_8);
      digest.update(TestUsers.PASSWORD.getBytes(UTF_8));
      byte[] hash = digest.digest(salt);
      for (int round = 1; round < 100; round++) {
        hash = digest.digest(hash);
      }
      byte[] salted = new byte[hash.length + salt.length];
      System.arraycopy(hash, 0, salted, 0, hash.length);
      System.arraycopy(salt, 0, salted, hash.length, salt.length);
      return Base64.getEncoder().encodeToString(salted);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
