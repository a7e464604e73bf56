package dev.portcullis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file which tells Maven that the start failed. Told by the exit status, Maven would print a
 * stack trace of its own.
 */
record FailureMark(Optional<Path> file) {

  static FailureMark ofProcess() {
    return new FailureMark(
        Optional.ofNullable(LaunchOptions.ofProcess("portcullis.failure-mark")).map(Path::of));
  }

  void clear() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }

  void set() throws IOException {
    if (file.isPresent()) {
      Files.writeString(file.get(), "");
    }
  }
}
