package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    Files.writeString(
        home.resolve("deploy.asadmin"),
        "deploy --skipdsfailure --name portcullis --contextroot / "
            + home.resolve("portcullis.war")
            + "\n");
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(java(home));
    // the server waits for the end of its input before it starts
    builder.redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.put("PORTCULLIS_PORT", Integer.toString(port));
    environment.put("PORTCULLIS_ADMIN_PORT", Integer.toString(Ports.free()));
    environment.put("PORTCULLIS_KEY", KEY);
    database.settings().forEach((key, value) -> environment.put(variable(key), value));
    settings.forEach((key, value) -> environment.put(variable(key), value));
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

  @Override
  public boolean hasOpenIdConnect() {
    return true;
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static List<String> java(Path home) throws IOException {
    String domain = Files.readString(home.resolve("config/domain.xml"));
    List<String> options = new ArrayList<>();
    if (!domain.contains("jndi-name=\"jdbc/portcullis\"")) {
      options.addAll(List.of("--prebootcommandfile", home.resolve("first.asadmin").toString()));
    }
    if (!domain.contains("<application ")) {
      options.addAll(List.of("--postbootcommandfile", home.resolve("deploy.asadmin").toString()));
    }
    List<String> command = Asadmin.serverOf(home, options);
    // asadmin would hand over the master password, which is the product's own here
    command.set(command.indexOf("-read-stdin") + 1, "false");
    return command;
  }
}
