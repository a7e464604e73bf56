package dev.portcullis.database;

import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Ids of rows: UUIDs of version 7 (RFC 9562), so that rows made later sort later and an index grows
 * at its end.
 */
public final class RowId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  // of the last id: within a millisecond the ids count on from it
  private static long lastMillis;
  private static int counter;

  private RowId() {}

  /** What every id that was made at a moment or later is not below, and every earlier one is. */
  public static String floor(OffsetDateTime moment) {
    return new UUID(moment.toInstant().toEpochMilli() << 16, 0).toString();
  }

  /** A new id: 36 letters, greater than every one made before in this process. */
  public static synchronized String next() {
    long millis = Math.max(System.currentTimeMillis(), lastMillis);
    if (millis == lastMillis) {
      counter++;
      if (counter > 0xFFF) {
        millis++;
        counter = 0;
      }
    } else {
      counter = RANDOM.nextInt(0x400);
    }
    lastMillis = millis;
    return new UUID(
            (millis << 16) | VERSION_7 | counter,
            (RANDOM.nextLong() & ~0xC000000000000000L) | VARIANT)
        .toString();
  }
}
