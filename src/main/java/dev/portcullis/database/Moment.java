package dev.portcullis.database;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moments as columns hold them: text in UTC to the microsecond, which sorts as time goes. A column
 * type for time would leave it to the JPA provider, the driver and the time zones of the JVM and of
 * the session which moment comes back.
 */
public final class Moment {
  /** Of the column. */
  public static final int LENGTH = 27;

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT);

  private Moment() {}

  /** The current one. */
  public static String now() {
    return text(OffsetDateTime.now(ZoneOffset.UTC));
  }

  /** What the column holds of a moment in the years 1 to 9999; cuts what is below a microsecond. */
  public static String text(OffsetDateTime moment) {
    return FORMAT.format(moment.withOffsetSameInstant(ZoneOffset.UTC));
  }

  /** The moment that a column holds, in UTC. */
  public static OffsetDateTime of(String text) {
    return OffsetDateTime.parse(text, FORMAT);
  }
}
