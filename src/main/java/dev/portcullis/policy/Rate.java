package dev.portcullis.policy;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so much time, whenever one begins to count.
 *
 * @param most from 1 to 10,000
 * @param window at most an hour
 */
public record Rate(int most, Duration window) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})/(\\d{1,4})([smh])");
  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

  /** What one counter may remember at most. */
  static final int MOST = 10_000;

  static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Reads {@code 100/1m}, {@code 20/10s}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Rate of(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (form.matches()) {
      int most = Integer.parseInt(form.group(1));
      Duration window =
          UNITS.getOrDefault(form.group(3), LONGEST).multipliedBy(Long.parseLong(form.group(2)));
      if (most >= 1 && most <= MOST && !window.isZero() && window.compareTo(LONGEST) <= 0) {
        return new Rate(most, window);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no rate; write 20/10s, 100/1m, up to %d and an hour".formatted(text, MOST));
  }

  @Override
  public String toString() {
    return most + "/" + window.toSeconds() + "s";
  }
}
