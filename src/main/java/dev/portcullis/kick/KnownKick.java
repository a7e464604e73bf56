package dev.portcullis.kick;

import java.time.OffsetDateTime;

/**
 * What decisions and the report need to know of a kick.
 *
 * @param generation it and all before it are kicked; 0 where frps shows no logins
 * @param proxyName full name; empty when the whole login is kicked
 * @param message the reason that the client is told
 */
record KnownKick(
    String runId,
    long generation,
    String proxyName,
    String message,
    String author,
    OffsetDateTime at) {

  /** Whether it is on that login, or on that proxy of it. */
  boolean isOn(long login, String proxy) {
    return login <= generation && (proxyName.isEmpty() || proxyName.equals(proxy));
  }
}
