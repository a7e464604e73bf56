package dev.portcullis.admin;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** When something ends, as an administrator writes it. */
public final class Moment {
  private Moment() {}

  /**
   * Reads a moment, in UTC; null for an absent or empty text.
   *
   * @throws ProblemException 400 for anything else
   */
  public static @Nullable OffsetDateTime parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      if (moment.getYear() >= 1 && moment.getYear() <= 9999) {
        return moment;
      }
    } catch (DateTimeException e) {
      // the sentence below covers it
    }
    throw ProblemException.badRequest("expiresAt is not a moment such as 2027-01-31T12:00:00Z");
  }
}
