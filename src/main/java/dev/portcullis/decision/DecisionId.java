package dev.portcullis.decision;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The short name of a decision, as people read it to each other: {@code 7KQ2-M9XB}. Eight letters
 * of Crockford's base32, 40 random bits: among ten million decisions one in a hundred thousand
 * shares its name with another.
 */
public final class DecisionId {
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM = Pattern.compile("[" + LETTERS + "]{8}");

  private DecisionId() {}

  /** A new one; made without waiting for anything, as heartbeats need it. */
  public static String next() {
    long bits = ThreadLocalRandom.current().nextLong();
    StringBuilder id = new StringBuilder();
    for (int letter = 0; letter < 8; letter++) {
      id.append(LETTERS.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return id.insert(4, '-').toString();
  }

  /**
   * The name as somebody has typed it: in any case, with or without the hyphen, with the letters
   * that Crockford's base32 leaves out for the digits that they look like. Empty for what is none.
   */
  public static Optional<String> of(String typed) {
    String text =
        typed
            .strip()
            .toUpperCase(Locale.ROOT)
            .replace("-", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return FORM.matcher(text).matches()
        ? Optional.of(text.substring(0, 4) + "-" + text.substring(4))
        : Optional.empty();
  }
}
