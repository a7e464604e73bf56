package dev.portcullis.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.policy.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RateWindowTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void letsInAsManyAsTheRateWheneverOneBeginsToCountAndNotOneLess() {
    Random random = new Random(20261125);
    for (int round = 0; round < 300; round++) {
      int most = 1 + random.nextInt(12);
      long window = (1 + random.nextInt(20)) * SECOND;
      RateWindow rate = new RateWindow(new Rate(most, Duration.ofNanos(window)));
      List<Long> in = new ArrayList<>();
      long now = random.nextLong();
      for (int visit = 0; visit < 200; visit++) {
        now += random.nextInt(3) == 0 ? random.nextLong(window) : random.nextLong(window / 20);
        long moment = now;
        long before = in.stream().filter(other -> moment - other < window).count();
        boolean isIn = rate.enter(now).isIn();
        assertEquals(before < most, isIn, "of " + most + " there were " + before);
        if (isIn) {
          in.add(now);
        }
      }
    }
  }

  @Test
  void countsATimeOverTheRateOncePerWindow() {
    RateWindow rate = new RateWindow(Rate.of("2/10s"));
    rate.enter(0);
    rate.enter(0);
    assertEquals(1, rate.enter(1).timesOver());
    assertEquals(0, rate.enter(SECOND).timesOver());
    assertEquals(0, rate.enter(9 * SECOND).timesOver());
    assertTrue(rate.enter(10 * SECOND).isIn());
    assertTrue(rate.enter(10 * SECOND).isIn());
    assertEquals(2, rate.enter(11 * SECOND).timesOver());
  }

  @Test
  void beginsAnewAfterAnHourAndWhenItIsForgiven() {
    RateWindow rate = new RateWindow(Rate.of("1/10s"));
    rate.enter(0);
    assertEquals(1, rate.enter(1).timesOver());
    long later = 4000 * SECOND;
    rate.enter(later);
    assertEquals(1, rate.enter(later + 1).timesOver());
    rate.enter(later + 20 * SECOND);
    assertEquals(2, rate.enter(later + 21 * SECOND).timesOver());
    rate.forgive();
    assertEquals(1, rate.enter(later + 22 * SECOND).timesOver());
  }

  @Test
  void letsNoMoreInWhenManyComeAtOnce() throws Exception {
    RateWindow rate = new RateWindow(Rate.of("100/1h"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> entries = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        long now = i;
        entries.add(threads.submit(() -> rate.enter(now).isIn()));
      }
      int in = 0;
      for (Future<Boolean> entry : entries) {
        in += entry.get() ? 1 : 0;
      }
      assertEquals(100, in);
    } finally {
      threads.shutdownNow();
    }
  }
}
