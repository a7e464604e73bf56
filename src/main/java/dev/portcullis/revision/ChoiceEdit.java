package dev.portcullis.revision;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a revision.
 *
 * @param revision its number; 0 for none
 * @param instead the number of the one that counts now, as its author has seen it
 */
public record ChoiceEdit(@Nullable Long revision, @Nullable Long instead) {

  long requiredRevision() {
    if (revision == null || instead == null) {
      throw ProblemException.badRequest(
          "Give the revision, and the one that counts now: {\"revision\":2,\"instead\":1}");
    }
    return revision;
  }

  long requiredInstead() {
    requiredRevision();
    return instead == null ? 0 : instead;
  }
}
