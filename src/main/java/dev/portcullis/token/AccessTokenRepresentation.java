package dev.portcullis.token;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as the admin API shows it.
 *
 * @param id its key
 * @param kind {@code API} or {@code SESSION}
 * @param label of a machine's token; of a session, who has signed in
 * @param roles what it may
 * @param createdBy who made it
 * @param createdAt UTC
 * @param expiresAt UTC; null when it has no end
 * @param lastUsedAt UTC, some seconds late; null when it was never used
 * @param token only in the answer that makes it: never shown again
 */
public record AccessTokenRepresentation(
    String id,
    String kind,
    String label,
    List<String> roles,
    String createdBy,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt,
    @Nullable OffsetDateTime lastUsedAt,
    @Nullable String token) {
  public AccessTokenRepresentation {
    roles = List.copyOf(roles);
  }

  AccessTokenRepresentation withToken(String newToken) {
    return new AccessTokenRepresentation(
        id, kind, label, roles, createdBy, createdAt, expiresAt, lastUsedAt, newToken);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "AccessTokenRepresentation[" + id + "]";
  }
}
