package dev.portcullis.policy;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bandwidth in frp's grammar ({@code pkg/config/types/types.go}): a number with {@code KB} or
 * {@code MB}, of 1024. frps takes anything else for "no limit", without a word.
 *
 * @param text for example {@code 1MB}
 * @param bytesPerSecond positive
 */
public record Bandwidth(String text, BigDecimal bytesPerSecond) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(KB|MB)");

  /** Reads frp's grammar; empty where it is none, or nothing would pass. */
  public static Optional<Bandwidth> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    BigDecimal bytes =
        new BigDecimal(form.group(1))
            .multiply(BigDecimal.valueOf(form.group(2).equals("KB") ? 1024 : 1024 * 1024));
    return bytes.compareTo(BigDecimal.ONE) < 0
        ? Optional.empty()
        : Optional.of(new Bandwidth(text.strip(), bytes));
  }

  /** The slower of both. */
  public Bandwidth atMost(Bandwidth limit) {
    return bytesPerSecond.compareTo(limit.bytesPerSecond) <= 0 ? this : limit;
  }
}
