package dev.portcullis.session;

import java.time.OffsetDateTime;
import java.util.Map;

/**
 * A session, and what has become of its operations.
 *
 * @param shown as the admin API shows it
 * @param orphaned whether its account was deleted
 * @param came when frps last asked, by rung; to within the renewal interval
 * @param refused when that was last refused since the client was put out; to within a second
 */
public record KnownSession(
    SessionRepresentation shown,
    boolean orphaned,
    Map<Rung, OffsetDateTime> came,
    Map<Rung, OffsetDateTime> refused) {
  public KnownSession {
    came = Map.copyOf(came);
    refused = Map.copyOf(refused);
  }
}
