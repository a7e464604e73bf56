package dev.portcullis.limit;

import dev.portcullis.policy.Rate;
import java.time.Duration;

/**
 * Counts what comes in a window that slides: never more than the rate, whenever one begins to
 * count. Knows too how often whoever comes has gone over it, once a window at most.
 */
final class RateWindow {
  private static final long MEMORY = Duration.ofHours(1).toNanos();

  private final long window;
  // the moments of the last ones that were let in, the oldest at next
  private final long[] moments;
  private int count;
  private int next;
  private int times;
  private long overAt;

  RateWindow(Rate rate) {
    window = rate.window().toNanos();
    moments = new long[rate.most()];
  }

  /**
   * Lets one in, or not.
   *
   * @param isIn whether it is in
   * @param timesOver how many times the rate was exceeded so far, if this is a new time; else 0
   */
  record Entry(boolean isIn, int timesOver) {}

  /**
   * Somebody comes.
   *
   * @param now nanoseconds of a clock that does not jump
   */
  synchronized Entry enter(long now) {
    if (count < moments.length) {
      count++;
    } else if (now - moments[next] < window) {
      return new Entry(false, timesOver(now));
    }
    moments[next] = now;
    next = (next + 1) % moments.length;
    return new Entry(true, 0);
  }

  private int timesOver(long now) {
    if (times > 0 && now - overAt < window) {
      return 0;
    }
    times = times > 0 && now - overAt > MEMORY ? 1 : times + 1;
    overAt = now;
    return times;
  }

  /** What was done about it begins anew. */
  synchronized void forgive() {
    times = 0;
  }
}
