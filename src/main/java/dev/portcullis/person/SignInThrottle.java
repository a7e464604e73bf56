package dev.portcullis.person;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slows whoever guesses: after 20 failures of one address with one name, or 200 with any, the
 * server's realm is not asked any more until five minutes after the first of them. Counts in the
 * memory of this replica.
 */
@ApplicationScoped
class SignInThrottle {
  private static final int FAILURES_OF_A_PAIR = 20;
  private static final int FAILURES_OF_AN_ADDRESS = 200;
  private static final int LONGEST_NAME = 100;
  static final Duration WINDOW = Duration.ofMinutes(5);

  private final Ticker clock;
  private final Cache<String, Failures> failures;

  private static final class Failures {
    final long since;
    final AtomicInteger count = new AtomicInteger();

    Failures(long since) {
      this.since = since;
    }
  }

  SignInThrottle() {
    this(Ticker.systemTicker());
  }

  SignInThrottle(Ticker clock) {
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .ticker(clock)
            .maximumSize(100_000)
            .expireAfterWrite(WINDOW)
            .executor(Runnable::run)
            .build();
  }

  /** For how many seconds nobody is asked; 0 when the realm may be. */
  long secondsClosed(String address, String name) {
    return Math.max(
        secondsClosed(pair(address, name), FAILURES_OF_A_PAIR),
        secondsClosed(address, FAILURES_OF_AN_ADDRESS));
  }

  private long secondsClosed(String key, int most) {
    Failures known = failures.getIfPresent(key);
    return known == null || known.count.get() < most
        ? 0
        : Math.max(1, WINDOW.minusNanos(clock.read() - known.since).toSeconds());
  }

  void failed(String address, String name) {
    count(pair(address, name));
    count(address);
  }

  void succeeded(String address, String name) {
    failures.invalidate(pair(address, name));
  }

  private void count(String key) {
    failures.get(key, first -> new Failures(clock.read())).count.incrementAndGet();
  }

  // a directory may take a name in any case
  private static String pair(String address, String name) {
    // the end, because all tokens of a provider begin alike
    String known = name.substring(Math.max(0, name.length() - LONGEST_NAME));
    return address + " " + known.toLowerCase(Locale.ROOT);
  }
}
