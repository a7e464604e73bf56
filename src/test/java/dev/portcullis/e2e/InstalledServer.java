package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of a server's package: they refuse to run as root, so somebody else does. */
final class InstalledServer {

  private InstalledServer() {}

  /** The tests that need it are skipped; in CI they fail. */
  static IllegalStateException missing(String product, String debianPackage) {
    String message =
        "%s is not there: install its server package (%s) and run again"
            .formatted(product, debianPackage);
    if (System.getenv("CI") == null) {
      Assumptions.abort(message);
    }
    return new IllegalStateException(message);
  }

  static Optional<Path> program(String name) {
    return Stream.concat(
            Arrays.stream(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A folder for the data, which belongs to whoever runs {@link #command}. */
  static Path dataFolder(Path parent, String name) throws IOException {
    Path data = Files.createDirectory(parent.resolve(name));
    if (isRoot()) {
      open(parent);
      run(List.of("chown", "nobody", data.toString()));
    }
    return data;
  }

  static List<String> command(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"));
    }
    all.addAll(Arrays.asList(command));
    return all;
  }

  static void run(List<String> command) throws IOException {
    LoggedProcess process = LoggedProcess.start(command.get(0), new ProcessBuilder(command));
    try {
      if (process.exitStatus() != 0) {
        throw new IOException(command + " failed:\n" + String.join("\n", process.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void open(Path folder) throws IOException {
    for (Path path = folder;
        path != null && path.startsWith(System.getProperty("java.io.tmpdir"));
        path = path.getParent()) {
      if (!path.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
