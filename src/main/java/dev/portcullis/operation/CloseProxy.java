package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A proxy was closed (frps 0.40 and later). frps does not wait for the answer and ignores it; it
 * may come late, out of order, or never.
 *
 * @param user the session's client
 * @param proxyName the full name, with the {@code user.} prefix
 */
public record CloseProxy(FrpUser user, @JsonbProperty("proxy_name") String proxyName)
    implements Operation {

  public CloseProxy {
    user = Zero.user(user);
    proxyName = Zero.text(proxyName);
  }

  @Override
  public FrpUser client() {
    return user;
  }
}
