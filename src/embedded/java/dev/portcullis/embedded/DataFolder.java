package dev.portcullis.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The folder that holds all that Portcullis keeps. */
record DataFolder(Path path) {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** Opens the folder; makes it when it isn't there, for its owner only. */
  static DataFolder open(Path path) throws StartFailure {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw failure(path, "it is not a folder", null);
      }
      Files.createDirectories(path, ownerOnly("rwx------"));
      Files.delete(Files.createTempFile(path, "writable", null));
      return new DataFolder(path);
    } catch (AccessDeniedException e) {
      throw failure(path, "this user may not write there", e);
    } catch (FileSystemException e) {
      throw failure(path, Objects.requireNonNullElse(e.getReason(), "it can't be made"), e);
    } catch (IOException e) {
      throw failure(path, StartFailure.reason(e), e);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Writes a file that only its owner may read, wholly or not at all. */
  void write(String name, String content) throws StartFailure {
    Path whole = file(name);
    try {
      Path part = Files.createTempFile(path, name, ".part");
      Files.writeString(part, content);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(path, StartFailure.reason(e), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static StartFailure failure(Path path, String reason, @Nullable Exception cause) {
    return new StartFailure(
        "The data folder %s can't be used: %s; choose another with portcullis.data"
            .formatted(path, reason),
        cause);
  }
}
