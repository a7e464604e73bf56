package dev.portcullis.revision;

import dev.portcullis.geo.Geo;
import dev.portcullis.geo.GeoStore;
import java.util.Map;
import java.util.Optional;

/** A policy that is active, for the tests of other rooms. */
public final class Ruled {
  /** The number of the active revision. */
  public static final long ACTIVE = 7;

  /** The number of the one in shadow. */
  public static final long SHADOW = 8;

  private Ruled() {}

  /** By no document. */
  public static PolicyStore byNothing() {
    return new PolicyStore(new Rows(0, 0, Map.of()), Geo.none());
  }

  /** By a document. */
  public static PolicyStore by(String document) {
    return by(document, Geo.none());
  }

  /** By a document, where a file knows where addresses are. */
  public static PolicyStore by(String document, GeoStore geo) {
    return started(new Rows(ACTIVE, 0, Map.of(ACTIVE, document)), geo);
  }

  /** By a document, with another in shadow. */
  public static PolicyStore by(String document, String shadow) {
    return started(new Rows(ACTIVE, SHADOW, Map.of(ACTIVE, document, SHADOW, shadow)), Geo.none());
  }

  private static PolicyStore started(Rows rows, GeoStore geo) {
    PolicyStore policies = new PolicyStore(rows, geo);
    policies.start(policies);
    return policies;
  }

  private static final class Rows extends RevisionRows {
    private final long active;
    private final long shadow;
    private final Map<Long, String> documents;

    Rows(long active, long shadow, Map<Long, String> documents) {
      this.active = active;
      this.shadow = shadow;
      this.documents = documents;
    }

    @Override
    ChoiceRepresentation choice() {
      return new ChoiceRepresentation(active, shadow);
    }

    @Override
    Optional<PolicyRevision> find(long number) {
      return Optional.ofNullable(documents.get(number))
          .map(document -> new PolicyRevision(number, 0, "admin", "", document));
    }
  }
}
