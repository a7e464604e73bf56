package dev.portcullis.revision;

import java.util.List;

/**
 * What came of saving or checking a document.
 *
 * @param revision its number; 0 where it was only checked
 * @param findings by place
 */
public record SavedRepresentation(long revision, List<FindingRepresentation> findings) {
  public SavedRepresentation {
    findings = List.copyOf(findings);
  }
}
