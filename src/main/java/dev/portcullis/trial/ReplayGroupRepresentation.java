package dev.portcullis.trial;

import java.util.List;

/**
 * Decisions that would be others.
 *
 * @param was {@code allowed} or {@code rejected}
 * @param would {@code allowed} or {@code rejected}
 * @param rule of the draft, that makes the difference; empty where none of it allows, or none
 *     denies any more
 * @param examples ids of a few of them
 */
public record ReplayGroupRepresentation(
    String account,
    String operation,
    String was,
    String would,
    String rule,
    long count,
    List<String> examples) {

  public ReplayGroupRepresentation {
    examples = List.copyOf(examples);
  }
}
