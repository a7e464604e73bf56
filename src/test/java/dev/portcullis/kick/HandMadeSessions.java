package dev.portcullis.kick;

import dev.portcullis.decision.Asked;
import dev.portcullis.session.KnownSession;
import dev.portcullis.session.Rung;
import dev.portcullis.session.SessionRepresentation;
import dev.portcullis.session.SessionStore;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in memory. */
final class HandMadeSessions extends SessionStore {
  final Map<String, KnownSession> known = new HashMap<>();
  final List<Rung> came = new ArrayList<>();
  final List<Rung> refused = new ArrayList<>();

  static KnownSession session(
      long generation,
      String version,
      String address,
      Map<Rung, OffsetDateTime> came,
      Map<Rung, OffsetDateTime> refused) {
    return new KnownSession(
        new SessionRepresentation(
            Asked.RUN_ID,
            "alice",
            "frps-1",
            generation,
            version,
            "linux",
            "amd64",
            "host",
            address,
            Asked.NOW,
            Asked.NOW,
            Asked.NOW),
        false,
        came,
        refused);
  }

  @Override
  public Optional<KnownSession> find(String runId) {
    return Optional.ofNullable(known.get(runId));
  }

  @Override
  public void came(String runId, Rung rung) {
    came.add(rung);
  }

  @Override
  public void refused(String runId, Rung rung) {
    refused.add(rung);
  }
}
