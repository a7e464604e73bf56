package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A TomEE of its own process, set up as {@code server-config/README.md} tells. */
final class TomeeServer implements TestedServer {
  private static final Path CONFIGURATION = Path.of("server-config", "tomee");

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    for (String folder : new String[] {"bin", "conf", "lib", "logs", "temp", "webapps", "work"}) {
      Files.createDirectories(home.resolve(folder));
    }
    try (Stream<Path> files = Files.list(TestedServer.product().resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, home.resolve("conf").resolve(file.getFileName()));
      }
    }
    copy(
        "tomee-%s.xml".formatted(database.product().name().toLowerCase(Locale.ROOT)),
        home,
        "conf/tomee.xml");
    copy("server.xml", home, "conf/server.xml");
    copy("setenv.sh", home, "bin/setenv.sh");
    Files.writeString(home.resolve("conf/tomcat-users.xml"), TestUsers.ofTomcat());
    Path driver = database.driver();
    Files.copy(driver, home.resolve("lib").resolve(driver.getFileName()));
    Files.copy(war, home.resolve("webapps/ROOT.war"));
  }

  @Override
  public boolean use(SignOn signOn, Path home) throws IOException {
    if (signOn != SignOn.DIRECTORY) {
      return false;
    }
    Files.createDirectories(home.resolve("conf/Catalina/localhost"));
    copy("ldap.xml", home, "conf/Catalina/localhost/ROOT.xml");
    return true;
  }

  private static void copy(String name, Path home, String target) throws IOException {
    Files.copy(
        CONFIGURATION.resolve(name), home.resolve(target), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean hasOpenIdConnect() {
    return false;
  }

  @Override
  public String datasourceFile() {
    return "conf/tomee.xml";
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            // what Maven unpacks has lost its permission to run
            "sh", TestedServer.product().resolve("bin/catalina.sh").toString(), "run");
    Map<String, String> environment = builder.environment();
    environment.put("CATALINA_HOME", TestedServer.product().toString());
    environment.put("CATALINA_BASE", home.toString());
    environment.put("PORTCULLIS_PORT", Integer.toString(port));
    environment.put("PORTCULLIS_SHUTDOWN_PORT", "-1");
    environment.put("PORTCULLIS_KEY", TestedServer.KEY);
    TestedServer.set(environment, database.settings());
    TestedServer.set(environment, settings);
    return builder;
  }
}
