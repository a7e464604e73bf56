package dev.portcullis.reservation;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/** An administrator's wish for a grant; see {@link GrantRepresentation}. */
public record GrantEdit(
    @Nullable String kind, @Nullable String value, @Nullable Boolean exclusive) {
  private static final int MOST_EXCLUSIVE = 1000;

  /** What such a wish looks like, for error messages. */
  public static final String EXAMPLE =
      "Give a grant as {\"kind\":\"tcp-port\",\"value\":\"6000-6010\"}; kinds are "
          + GrantKind.words();

  Grant grantFor(String accountId) {
    if (kind == null || value == null) {
      throw ProblemException.badRequest(EXAMPLE);
    }
    GrantKind known = GrantKind.of(kind).orElseThrow(() -> ProblemException.badRequest(EXAMPLE));
    boolean alone = Boolean.TRUE.equals(exclusive);
    try {
      Grant grant = new Grant(accountId, known, known.normalize(value), alone);
      if (alone) {
        requireFewPorts(known, grant.value());
      }
      return grant;
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(kind + " '" + value + "': " + e.getMessage());
    }
  }

  // each port is a row
  private static void requireFewPorts(GrantKind kind, String value) {
    if (kind.transport().isEmpty()) {
      throw new IllegalArgumentException("only ports can be exclusive");
    }
    PortRange range = PortRange.parse(value);
    if (range.last() - range.first() >= MOST_EXCLUSIVE) {
      throw new IllegalArgumentException(
          "an exclusive grant has at most %d ports; give some of them, or reserve them in the policy"
              .formatted(MOST_EXCLUSIVE));
    }
  }
}
