package dev.portcullis.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that nobody has chosen; their letters need no escaping in a URL or a shell. */
final class RandomText {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  static String ofBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
