package dev.portcullis.account;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the admin API shows it.
 *
 * @param id its key
 * @param label for people
 * @param createdAt UTC
 * @param expiresAt UTC; null when it has no end
 * @param token only in the answer that makes it: never shown again
 */
public record CredentialRepresentation(
    String id,
    String label,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt,
    @Nullable String token) {

  CredentialRepresentation withToken(String newToken) {
    return new CredentialRepresentation(id, label, createdAt, expiresAt, newToken);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "CredentialRepresentation[" + id + ", " + label + "]";
  }
}
