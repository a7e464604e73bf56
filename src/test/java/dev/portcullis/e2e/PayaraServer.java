package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    TestedServer.copy(TestedServer.product().resolve("glassfish/domains/domain1"), home);
    Path driver = database.driver();
    Files.copy(driver, home.resolve("lib").resolve(driver.getFileName()));
    Files.writeString(home.resolve("config/keyfile"), TestUsers.ofKeyfile());
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
    ProcessBuilder first = server(home);
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
    Asadmin.writeDescriptor(descriptor, group, role);
    deploy(home, "--runtimealtdd " + descriptor + " ");
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        isIn(home, "<application ")
            ? server(home)
            : server(home, "--postbootcommandfile", home.resolve("deploy.asadmin").toString());
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

  /** The server itself, with its pool made on the way unless a start before has done so. */
  private static ProcessBuilder server(Path home, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    if (!isIn(home, "jndi-name=\"jdbc/portcullis\"")) {
      options.addAll(List.of("--prebootcommandfile", home.resolve("first.asadmin").toString()));
    }
    List<String> command = Asadmin.serverOf(home, options);
    // asadmin would hand over the master password, which is the product's own here
    command.set(command.indexOf("-read-stdin") + 1, "false");
    ProcessBuilder builder = new ProcessBuilder(command);
    // the server waits for the end of its input before it starts
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("PORTCULLIS_ADMIN_PORT", Integer.toString(Ports.free()));
    return builder;
  }

  private static boolean isIn(Path home, String text) throws IOException {
    return Files.readString(home.resolve("config/domain.xml")).contains(text);
  }
}
