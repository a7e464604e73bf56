package dev.portcullis.reservation;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/** An administrator's wish for a grant; see {@link GrantRepresentation}. */
public record GrantEdit(@Nullable String kind, @Nullable String value) {
  /** What such a wish looks like, for error messages. */
  public static final String EXAMPLE =
      "Give a grant as {\"kind\":\"tcp-port\",\"value\":\"6000-6010\"}; kinds are "
          + GrantKind.words();

  Grant grantFor(String accountId) {
    if (kind == null || value == null) {
      throw ProblemException.badRequest(EXAMPLE);
    }
    GrantKind known = GrantKind.of(kind).orElseThrow(() -> ProblemException.badRequest(EXAMPLE));
    try {
      return new Grant(accountId, known, known.normalize(value));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(kind + " '" + value + "': " + e.getMessage());
    }
  }
}
