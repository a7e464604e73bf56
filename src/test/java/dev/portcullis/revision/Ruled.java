package dev.portcullis.revision;

import dev.portcullis.geo.Geo;
import dev.portcullis.geo.GeoStore;
import java.util.Optional;

/** A policy that is active, for the tests of other rooms. */
public final class Ruled {
  private Ruled() {}

  /** By no document. */
  public static PolicyStore byNothing() {
    return new PolicyStore(new Rows(0, ""), Geo.none());
  }

  /** By a document. */
  public static PolicyStore by(String document) {
    return by(document, Geo.none());
  }

  /** By a document, where a file knows where addresses are. */
  public static PolicyStore by(String document, GeoStore geo) {
    PolicyStore policies = new PolicyStore(new Rows(7, document), geo);
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
