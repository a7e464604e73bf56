package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The launcher with its embedded TomEE, as {@code mvn} runs it. */
final class EmbeddedServer implements TestedServer {
  private static Path launcherJar;

  @Override
  public void install(Path home, Path war, TestDatabase database) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("users.xml"), TestUsers.ofTomcat());
    if (!war.equals(PortcullisProcess.war())) {
      ShrinkWrap.createFromZipFile(WebArchive.class, war.toFile())
          .as(ExplodedExporter.class)
          .exportExploded(home.toFile(), "war");
    }
  }

  @Override
  public TestDatabase h2(Path home) {
    return new TestDatabase(
        TestDatabase.Product.H2, "jdbc:h2:file:" + home.resolve("portcullis"), "portcullis", "");
  }

  /** Nothing is in front of it: it is for trying. */
  @Override
  public Set<Forwarded> believes() {
    return Set.of();
  }

  @Override
  public boolean hasOpenIdConnect() {
    return false;
  }

  @Override
  public String datasourceFile() {
    return "the server's configuration";
  }

  @Override
  public ProcessBuilder command(
      Path home, int port, TestDatabase database, Map<String, String> settings) {
    List<String> command = java();
    Path exploded = home.resolve("war");
    command.add(
        "-Dportcullis.war=" + (Files.isDirectory(exploded) ? exploded : explodedByTheBuild()));
    // without these it makes a database of its own
    if (database.product() != TestDatabase.Product.H2) {
      database.settings().forEach((key, value) -> command.add("-D" + key + "=" + value));
    }
    return launcher(command, home, port, settings);
  }

  /** The launcher looks for it first. */
  @Override
  public String sentenceOfAMissingDatabase() {
    return "can't be reached: ";
  }

  /** Starts it and waits for nothing; nothing is set up before. */
  static LoggedProcess launch(Path data, int port, Map<String, String> settings)
      throws IOException {
    List<String> command = java();
    command.add("-Dportcullis.war=" + explodedByTheBuild());
    return LoggedProcess.start("portcullis", launcher(command, data, port, settings));
  }

  private static ProcessBuilder launcher(
      List<String> command, Path data, int port, Map<String, String> settings) {
    command.add("-Dportcullis.port=" + port);
    command.add("-Dportcullis.data=" + data);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-classpath");
    command.add(classPath());
    command.add("dev.portcullis.embedded.Launcher");
    return new ProcessBuilder(command);
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") || argument.startsWith("--add-"))
        .forEach(command::add);
    return command;
  }

  private static Path explodedByTheBuild() {
    Path war = PortcullisProcess.war();
    return war.resolveSibling(war.getFileName().toString().replaceAll("\\.war$", ""));
  }

  /**
   * What users run it with, but for the test classes beside the launcher's: the server would take
   * them before those of the WAR.
   */
  private static String classPath() {
    String all = System.getProperty("portcullis.launcher.class.path");
    return launcherJar() + all.substring(all.indexOf(File.pathSeparatorChar));
  }

  private static synchronized Path launcherJar() {
    if (launcherJar == null) {
      // one for each fork of the tests: servers read it while another fork writes its own
      launcherJar =
          PortcullisProcess.war()
              .resolveSibling("launcher-alone-" + System.getProperty("portcullis.fork") + ".jar");
      ShrinkWrap.create(JavaArchive.class)
          .addPackage("dev.portcullis.embedded")
          .as(ZipExporter.class)
          .exportTo(launcherJar.toFile(), true);
    }
    return launcherJar;
  }
}
