package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Work on a folder that the forks of the tests share, done by one of them at a time. */
final class Alone {
  private Alone() {}

  /** What is done. */
  interface Work<T> {
    T done() throws IOException;
  }

  /** Waits until no other fork works on the folder, which is made if need be. */
  static <T> T in(Path folder, Work<T> work) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return work.done();
    }
  }
}
