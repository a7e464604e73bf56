package dev.portcullis.node;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A node as the admin API shows it.
 *
 * @param name unique
 * @param description for people
 * @param enabled whether it may ask at all
 * @param metaAuthentication whether an operation without a session grant is authenticated by the
 *     metas that it carries
 * @param createdAt UTC
 * @param secret only in the answer that makes the node: never shown again
 */
public record NodeRepresentation(
    String name,
    String description,
    boolean enabled,
    boolean metaAuthentication,
    OffsetDateTime createdAt,
    @Nullable String secret) {

  NodeRepresentation withSecret(String newSecret) {
    return new NodeRepresentation(
        name, description, enabled, metaAuthentication, createdAt, newSecret);
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "NodeRepresentation[" + name + "]";
  }
}
