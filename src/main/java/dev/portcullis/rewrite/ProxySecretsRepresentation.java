package dev.portcullis.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * What the policy has visitors and members of a group know; absent is what it does not set.
 *
 * @param httpUser for HTTP basic authentication
 * @param httpPassword for HTTP basic authentication
 * @param sk what visitors of stcp and sudp write as secretKey
 * @param groupKey that all members of the group have
 */
public record ProxySecretsRepresentation(
    @Nullable String httpUser,
    @Nullable String httpPassword,
    @Nullable String sk,
    @Nullable String groupKey) {

  /** Tells nothing. */
  @Override
  public String toString() {
    return "ProxySecretsRepresentation";
  }
}
