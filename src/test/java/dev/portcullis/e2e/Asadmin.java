package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tool that GlassFish and Payara are administered with. */
final class Asadmin {
  private Asadmin() {}

  static Path jar() {
    return TestedServer.product().resolve("glassfish/lib/client/appserver-cli.jar");
  }

  /** Runs it to its end, and gives what it has said. */
  static List<String> run(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar().toString()));
    command.addAll(List.of(arguments));
    LoggedProcess asadmin = LoggedProcess.start("asadmin", new ProcessBuilder(command));
    try {
      if (asadmin.exitStatus() != 0) {
        throw new IOException("asadmin failed:\n" + String.join("\n", asadmin.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return asadmin.log();
  }

  /**
   * The server itself, not the tool that starts it, so that a signal reaches the server.
   *
   * @param home the domain's folder
   * @param options of {@code start-domain}
   */
  static List<String> serverOf(Path home, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("start-domain", "--dry-run", "--verbose"));
    arguments.addAll(options);
    arguments.addAll(
        List.of("--domaindir", home.getParent().toString(), home.getFileName().toString()));
    return run(arguments.toArray(String[]::new)).stream()
        .dropWhile(line -> !line.startsWith("Dump of JVM Invocation"))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Writes what {@code deploy --runtimealtdd} takes to give a role to one more group. */
  static void writeDescriptor(Path file, String group, String role) throws IOException {
    String ofRole = "<group-name>" + role + "</group-name>";
    Files.writeString(
        file,
        Files.readString(Path.of("src/main/webapp/WEB-INF/glassfish-web.xml"))
            .replace(ofRole, ofRole + "<group-name>" + group + "</group-name>"));
  }
}
