package dev.portcullis.node;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A node's secret as the admin API shows it.
 *
 * @param id its key
 * @param createdAt UTC
 * @param expiresAt UTC; null when it has no end
 * @param secret only in the answer that makes it: never shown again
 */
public record SecretRepresentation(
    String id,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt,
    @Nullable String secret) {

  SecretRepresentation withSecret(String newSecret) {
    return new SecretRepresentation(id, createdAt, expiresAt, newSecret);
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "SecretRepresentation[" + id + "]";
  }
}
