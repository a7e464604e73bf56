package dev.portcullis.e2e;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/**
 * Portcullis as a user runs it: the launcher, the exploded WAR, a data folder, a JVM of its own.
 */
final class PortcullisProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Portcullis is ready on (http://\\S+)");
  private static final Pattern PASSWORD = Pattern.compile("password (\\S+)");
  private static final Pattern SECRET = Pattern.compile("http://frps:([^@\\s]+)@");
  private static final Duration START = Duration.ofMinutes(2);

  private static Path launcherJar;

  private final LoggedProcess process;
  private final URI address;

  private PortcullisProcess(LoggedProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it and waits until it is ready. */
  static PortcullisProcess start(Path data, int port, Map<String, String> settings)
      throws IOException {
    LoggedProcess process = launch(data, port, settings);
    Matcher ready = process.await(READY, START);
    return new PortcullisProcess(process, URI.create(ready.group(1)));
  }

  /** Starts it and waits for nothing. */
  static LoggedProcess launch(Path data, int port, Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") || argument.startsWith("--add-"))
        .forEach(command::add);
    String war = System.getProperty("portcullis.war");
    command.add("-Dportcullis.war=" + war.replaceAll("\\.war$", ""));
    command.add("-Dportcullis.port=" + port);
    command.add("-Dportcullis.data=" + data);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-classpath");
    command.add(classPath());
    command.add("dev.portcullis.embedded.Launcher");
    return LoggedProcess.start("portcullis", new ProcessBuilder(command));
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
      launcherJar =
          Path.of(System.getProperty("portcullis.war")).resolveSibling("launcher-alone.jar");
      ShrinkWrap.create(JavaArchive.class)
          .addPackage("dev.portcullis.embedded")
          .as(ZipExporter.class)
          .exportTo(launcherJar.toFile(), true);
    }
    return launcherJar;
  }

  URI address() {
    return address;
  }

  int port() {
    return address.getPort();
  }

  /** What the first start showed. */
  FirstStart firstStart() {
    return new FirstStart(
        process.await(PASSWORD, START).group(1), process.await(SECRET, START).group(1));
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

  /** What is shown only once. */
  record FirstStart(String password, String secret) {}
}
