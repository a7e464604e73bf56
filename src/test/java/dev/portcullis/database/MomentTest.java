package dev.portcullis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T09:53:04.123456Z,2026-11-25T09:53:04.123456Z",
    "2026-11-25T09:53:04Z,2026-11-25T09:53:04.000000Z",
    "2026-11-25T09:53:04.123456999Z,2026-11-25T09:53:04.123456Z",
    "2026-11-25T23:53:04.5-05:00,2026-11-26T04:53:04.500000Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z,9999-12-31T23:59:59.999999Z"
  })
  void isTextInUtcThatFillsItsColumn(OffsetDateTime moment, String text) {
    assertEquals(text, Moment.text(moment));
    assertEquals(Moment.LENGTH, text.length());
  }

  // New York's clock shows half past one twice on that night, and no half past two in March
  @ParameterizedTest
  @CsvSource({
    "2026-11-01T05:30:00.000001Z",
    "2026-11-01T06:30:00.000001Z",
    "2026-03-08T02:30:00Z",
    "2026-03-08T07:30:00Z"
  })
  void comesBackAsTheSameMomentWhereClocksAreChanged(OffsetDateTime moment) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try {
      assertEquals(moment, Moment.of(Moment.text(moment)));
      assertEquals(
          moment, Moment.of(Moment.text(moment.withOffsetSameInstant(ZoneOffset.ofHours(-4)))));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void sortsAsTimeGoes() {
    OffsetDateTime moment = OffsetDateTime.parse("2026-12-31T23:59:59.999999Z");
    assertTrue(
        Moment.text(moment).compareTo(Moment.text(moment.plus(Duration.ofNanos(1_000)))) < 0);
    assertTrue(
        Moment.text(moment.minusYears(2000)).compareTo(Moment.text(moment)) < 0, "years of 4");
  }

  @Test
  void isNowInUtc() {
    OffsetDateTime now = Moment.of(Moment.now());
    assertEquals(ZoneOffset.UTC, now.getOffset());
    assertTrue(Duration.between(now, OffsetDateTime.now(ZoneOffset.UTC)).abs().toMinutes() < 1);
  }
}
