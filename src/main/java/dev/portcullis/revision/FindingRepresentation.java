package dev.portcullis.revision;

import dev.portcullis.policy.Finding;

/**
 * A finding about a document as the admin API shows it.
 *
 * @param level {@code error} or {@code warning}
 * @param line from 1; 0 where it is about the whole document
 * @param column from 1; 0 where it is about the whole document
 */
public record FindingRepresentation(String level, int line, int column, String message) {
  static FindingRepresentation of(Finding finding) {
    return new FindingRepresentation(
        finding.level() == Finding.Level.ERROR ? "error" : "warning",
        finding.line(),
        finding.column(),
        finding.message());
  }
}
