package dev.portcullis.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A body that a frps of that version has sent.
 *
 * @param version tag of frp
 * @param name of the case
 * @param body what frps has sent
 */
record Captured(String version, String name, String body) {

  private static final List<Captured> ALL = read();

  /** All of them, sorted. */
  static List<Captured> all() {
    return ALL;
  }

  private static List<Captured> read() {
    URL folder = Captured.class.getResource("/frp/requests");
    if (folder == null) {
      throw new IllegalStateException("The captured requests are not on the class path");
    }
    try {
      Path root = Path.of(folder.toURI());
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .filter(file -> file.toString().endsWith(".json"))
            .sorted()
            .map(file -> read(root, file))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of one operation, as Portcullis should understand it. */
  static List<Captured> of(String operation) {
    return all().stream().filter(body -> body.operation().equals(operation)).toList();
  }

  /** One of them: {@code v0.70.1/newproxy-tcp}. */
  static Captured of(String version, String name) {
    return all().stream()
        .filter(body -> body.version().equals(version) && body.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Captured read(Path root, Path file) {
    Path place = root.relativize(file);
    try {
      return new Captured(
          place.getName(0).toString(),
          place.getName(1).toString().replace(".json", ""),
          Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  GoJson.Members content() {
    return (GoJson.Members) GoJson.object(body).get("content").orElseThrow();
  }

  /** The operation by the file's name, which whoever captured it has chosen. */
  String operation() {
    return switch (name.substring(0, name.indexOf('-') < 0 ? name.length() : name.indexOf('-'))) {
      case "login" -> "Login";
      case "newproxy" -> "NewProxy";
      case "closeproxy" -> "CloseProxy";
      case "ping" -> "Ping";
      case "newworkconn" -> "NewWorkConn";
      case "newuserconn" -> "NewUserConn";
      default -> throw new IllegalStateException("Which operation is " + name + "?");
    };
  }

  @Override
  public String toString() {
    return version + "/" + name;
  }
}
