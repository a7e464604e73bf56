package dev.portcullis.revision;

import java.util.Optional;

/** A policy that is active, for the tests of other rooms. */
public final class Ruled {
  private Ruled() {}

  /** By no document. */
  public static PolicyStore byNothing() {
    return new PolicyStore(new Rows(0, ""));
  }

  /** By a document. */
  public static PolicyStore by(String document) {
    PolicyStore policies = new PolicyStore(new Rows(7, document));
    policies.start(policies);
    return policies;
  }

  private static final class Rows extends RevisionRows {
    private final long active;
    private final String document;

    Rows(long active, String document) {
      this.active = active;
      this.document = document;
    }

    @Override
    ChoiceRepresentation choice() {
      return new ChoiceRepresentation(active, 0);
    }

    @Override
    Optional<PolicyRevision> find(long number) {
      return Optional.of(new PolicyRevision(number, 0, "admin", "", document));
    }
  }
}
