package dev.portcullis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key which the hashes and grants of this data folder depend on. */
record KeyFile(DataFolder folder) {
  private static final String NAME = "portcullis.key";
  private static final int BYTES = 32;

  /** The key; a new one when there is none yet. */
  String key() throws StartFailure {
    Path file = folder.file(NAME);
    try {
      if (Files.notExists(file)) {
        folder.write(NAME, RandomText.ofBytes(BYTES) + "\n");
      }
      String key = Files.readString(file).strip();
      if (!key.isEmpty()) {
        return key;
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The key file %s can't be read: %s".formatted(file, StartFailure.reason(e)), e);
    }
    throw new StartFailure(
        "The key file %s is empty; restore it from a backup, since every secret in the database depends on it"
            .formatted(file));
  }
}
