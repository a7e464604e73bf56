package dev.portcullis.embedded;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the person who starts Portcullis has set, each by a system property or an environment
 * variable.
 *
 * @param port 0 takes any free port
 * @param bind the one address that is listened on
 * @param data the folder that holds all that is kept
 * @param war the unpacked WAR
 * @param databaseUrl absent: a database of its own in the data folder
 * @param key absent: a key of its own in the data folder
 */
record LaunchOptions(
    int port,
    String bind,
    Path data,
    Path war,
    Optional<String> databaseUrl,
    String databaseUser,
    String databasePassword,
    Optional<String> key) {

  /** Where the text of a key comes from. */
  interface Source {
    @Nullable String of(String key);
  }

  private static final int HIGHEST_PORT = 65535;

  /** Reads the options; a text that is null stands for the default. */
  static LaunchOptions read(Source text) throws StartFailure {
    return new LaunchOptions(
        port(or(text.of("portcullis.port"), "8080")),
        or(text.of("portcullis.bind"), "127.0.0.1"),
        path("portcullis.data", or(text.of("portcullis.data"), "data")),
        path("portcullis.war", or(text.of("portcullis.war"), "target/portcullis")),
        Optional.ofNullable(text.of("portcullis.database.url")),
        or(text.of("portcullis.database.user"), "portcullis"),
        or(text.of("portcullis.database.password"), ""),
        Optional.ofNullable(text.of("portcullis.key")));
  }

  /** The text of a key in this process; blank counts as not set. */
  static @Nullable String ofProcess(String key) {
    String property = System.getProperty(key);
    if (property != null && !property.isBlank()) {
      return property.strip();
    }
    String variable = System.getenv(variable(key));
    return variable == null || variable.isBlank() ? null : variable.strip();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static String or(@Nullable String value, String standard) {
    return value == null ? standard : value;
  }

  private static int port(String value) throws StartFailure {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // the sentence below covers it
    }
    throw new StartFailure(
        "portcullis.port is '%s'; write a number from 0 (any free port) to %d"
            .formatted(value, HIGHEST_PORT));
  }

  private static Path path(String key, String value) throws StartFailure {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new StartFailure("%s is '%s'; write the path of a folder".formatted(key, value), e);
    }
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "LaunchOptions[port=" + port + ", bind=" + bind + ", data=" + data + "]";
  }
}
