package dev.portcullis.lock;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What decisions need to know of a lock.
 *
 * @param shown as the admin API shows it
 * @param node the only one where it counts; empty for every one
 * @param expiresAt null when it stands until it is lifted
 */
record KnownLock(
    LockRepresentation shown,
    LockKind kind,
    String target,
    String node,
    String message,
    @Nullable OffsetDateTime expiresAt) {

  boolean isInForce(OffsetDateTime now) {
    return expiresAt == null || expiresAt.isAfter(now);
  }

  boolean countsOn(String asking) {
    return node.isEmpty() || node.equals(asking);
  }
}
