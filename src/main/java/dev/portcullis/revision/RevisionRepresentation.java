package dev.portcullis.revision;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A revision of the policy as the admin API shows it.
 *
 * @param number counts from 1
 * @param base the revision that its author had seen; 0 for none
 * @param author who saved it
 * @param comment what for
 * @param createdAt UTC
 * @param document the text; null in lists
 */
public record RevisionRepresentation(
    long number,
    long base,
    String author,
    String comment,
    OffsetDateTime createdAt,
    @Nullable String document) {
  /** Leaves out the document, which may impose secrets. */
  @Override
  public String toString() {
    return "RevisionRepresentation[number=" + number + "]";
  }
}
