package dev.portcullis.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
  private static final String ADDRESS = "192.0.2.1";

  private final AtomicLong nanos = new AtomicLong();
  private final SignInThrottle throttle = new SignInThrottle(nanos::get);

  private void fail(String address, String name, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(address, name);
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void closesForAPairAfterTwentyFailures() {
    fail(ADDRESS, "admin", 19);
    assertEquals(0, throttle.secondsClosed(ADDRESS, "admin"));
    fail(ADDRESS, "admin", 1);
    assertEquals(300, throttle.secondsClosed(ADDRESS, "admin"));
    assertEquals(300, throttle.secondsClosed(ADDRESS, "ADMIN"));
    assertEquals(0, throttle.secondsClosed(ADDRESS, "operator"));
    assertEquals(0, throttle.secondsClosed("192.0.2.2", "admin"));
  }

  @Test
  void opensAgainFiveMinutesAfterTheFirstFailure() {
    fail(ADDRESS, "admin", 1);
    pass(Duration.ofMinutes(4));
    fail(ADDRESS, "admin", 30);
    assertEquals(60, throttle.secondsClosed(ADDRESS, "admin"));
    pass(Duration.ofSeconds(61));
    assertEquals(0, throttle.secondsClosed(ADDRESS, "admin"));
  }

  @Test
  void closesForAnAddressThatTriesManyNames() {
    for (int i = 0; i < 200; i++) {
      assertEquals(0, throttle.secondsClosed(ADDRESS, "anybody"));
      throttle.failed(ADDRESS, "name" + i);
    }
    assertTrue(throttle.secondsClosed(ADDRESS, "anybody") > 0);
    assertEquals(0, throttle.secondsClosed("192.0.2.2", "anybody"));
  }

  @Test
  void forgetsTheFailuresOfWhoeverGetsInButNotThoseOfTheAddress() {
    for (int i = 0; i < 10; i++) {
      fail(ADDRESS, "admin", 20);
      throttle.succeeded(ADDRESS, "admin");
      assertEquals(i == 9, throttle.secondsClosed(ADDRESS, "admin") > 0, "after " + i);
    }
  }

  @Test
  void takesNamesOfAnyLength() {
    fail(ADDRESS, "x".repeat(100_000), 20);
    assertTrue(throttle.secondsClosed(ADDRESS, "x".repeat(100_000)) > 0);
    assertEquals(0, throttle.secondsClosed(ADDRESS, ""));
  }

  @Test
  void tellsTokensApartThatBeginAlike() {
    fail(ADDRESS, "x".repeat(1_000) + "forged", 20);
    assertEquals(0, throttle.secondsClosed(ADDRESS, "x".repeat(1_000) + "signed"));
  }
}
