package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A version of the real frp, built from its Go module at the version that src/test/frp pins. */
enum Frp {
  V0_70_1("v0.70.1"),
  V0_52_3("v0.52.3");

  private static final String HOW_TO_GET_IT =
      "frp is not there: install Go 1.25 or newer (go.dev/doc/install) and run again; the tests then build frps and frpc from src/test/frp";

  private final String version;

  Frp(String version) {
    this.version = version;
  }

  String version() {
    return version;
  }

  LoggedProcess frps(Path config) throws IOException {
    return start("frps", config);
  }

  LoggedProcess frpc(Path config) throws IOException {
    return start("frpc", config);
  }

  private LoggedProcess start(String program, Path config) throws IOException {
    return LoggedProcess.start(
        program + " " + version,
        new ProcessBuilder(binaries().resolve(program).toString(), "-c", config.toString()));
  }

  /** The folder of the binaries; builds them when they are not there. */
  private synchronized Path binaries() throws IOException {
    Path folder =
        Path.of(System.getProperty("portcullis.war")).resolveSibling("frp").resolve(version);
    return Alone.in(folder, () -> built(folder));
  }

  private Path built(Path folder) throws IOException {
    if (Files.isExecutable(folder.resolve("frps")) && Files.isExecutable(folder.resolve("frpc"))) {
      return folder;
    }
    requireGo();
    ProcessBuilder build =
        new ProcessBuilder(
            List.of(
                "go",
                "build",
                "-mod=readonly",
                "-trimpath",
                "-tags",
                "noweb",
                "-ldflags=-s -w",
                "-o",
                folder + "/",
                "github.com/fatedier/frp/cmd/frps",
                "github.com/fatedier/frp/cmd/frpc"));
    build.directory(Path.of("src", "test", "frp", version).toFile());
    build.environment().put("CGO_ENABLED", "0");
    Process go = build.inheritIO().start();
    try {
      if (!go.waitFor(20, TimeUnit.MINUTES) || go.exitValue() != 0) {
        throw new IOException("frp " + version + " can't be built; Go's output says why");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return folder;
  }

  private static void requireGo() {
    try {
      new ProcessBuilder("go", "version").start().waitFor();
    } catch (IOException e) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException(HOW_TO_GET_IT, e);
      }
      Assumptions.abort(HOW_TO_GET_IT);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
