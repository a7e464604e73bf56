package dev.portcullis.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.policy.Rate;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The new connections of late, in the memory of this replica. What has not come for an hour is
 * forgotten, and what comes seldom where there are too many.
 */
@ApplicationScoped
class ConnectionCounts {
  /** Moments that are remembered in all, of 8 bytes each. */
  private static final long MOST = 8_000_000;

  private static final int OWN_WEIGHT = 16;

  private final Ticker clock;
  private final Cache<Key, RateWindow> windows;

  /**
   * What is counted by itself.
   *
   * @param limit its name
   * @param what the proxy or the visitor
   */
  record Key(String limit, Rate rate, String accountId, String what) {}

  ConnectionCounts() {
    this(Ticker.systemTicker());
  }

  ConnectionCounts(Ticker clock) {
    this.clock = clock;
    this.windows =
        Caffeine.newBuilder()
            .ticker(clock)
            .maximumWeight(MOST)
            .weigher((Key key, RateWindow window) -> key.rate().most() + OWN_WEIGHT)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
  }

  RateWindow.Entry enter(Key key) {
    return windows.get(key, made -> new RateWindow(made.rate())).enter(clock.read());
  }

  void forgive(Key key) {
    RateWindow window = windows.getIfPresent(key);
    if (window != null) {
      window.forgive();
    }
  }
}
