package dev.portcullis.policy;

/**
 * Something about a document that its author should know.
 *
 * @param line from 1; 0 where it is about the whole document
 * @param column from 1; 0 where it is about the whole document
 * @param message says what is wrong and what to write instead
 */
public record Finding(Level level, int line, int column, String message) {
  /** How bad it is. */
  public enum Level {
    /** The document can't be active. */
    ERROR,
    /** It can, but says something that its author hardly means. */
    WARNING
  }

  @Override
  public String toString() {
    return "%d:%d %s: %s"
        .formatted(line, column, level.name().toLowerCase(java.util.Locale.ROOT), message);
  }
}
