package dev.portcullis.policy;

import java.time.Duration;

/**
 * How a visitor is banned who goes over the rate again and again.
 *
 * @param after the time over the rate with which a ban begins
 * @param first how long the first ban lasts
 * @param factor by which each further one lasts longer
 * @param longest which no ban exceeds; a ban that ended so long ago counts no more
 */
public record BanSteps(int after, Duration first, int factor, Duration longest) {

  /** How long a ban lasts. */
  public Duration length(int earlier) {
    Duration length = first;
    for (int ban = 0; ban < earlier && length.compareTo(longest) < 0; ban++) {
      length = length.multipliedBy(factor);
    }
    return length.compareTo(longest) < 0 ? length : longest;
  }
}
