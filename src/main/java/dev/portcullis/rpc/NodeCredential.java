package dev.portcullis.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a frps says to prove who it is.
 *
 * @param node the node's name
 * @param secret the node's secret
 */
record NodeCredential(String node, String secret) {
  private static final String BASIC = "Basic ";

  /** Reads HTTP Basic authentication (RFC 7617); empty for anything else. */
  static Optional<NodeCredential> ofBasic(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new NodeCredential(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "NodeCredential[node=" + node + "]";
  }
}
