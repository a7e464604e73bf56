package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {

  @ParameterizedTest
  @CsvSource({
    // a Wednesday
    "mon-fri, 08:00-18:00, UTC, 2026-11-25T08:00:00Z, true",
    "mon-fri, 08:00-18:00, UTC, 2026-11-25T17:59:59Z, true",
    "mon-fri, 08:00-18:00, UTC, 2026-11-25T18:00:00Z, false",
    "mon-fri, 08:00-18:00, UTC, 2026-11-28T12:00:00Z, false",
    "sat-mon, 08:00-18:00, UTC, 2026-11-29T12:00:00Z, true",
    "sat-mon, 08:00-18:00, UTC, 2026-12-01T12:00:00Z, false",
    "mon-fri, 08:00-18:00, Europe/Berlin, 2026-11-25T07:00:00Z, true",
    "mon-fri, 08:00-18:00, Europe/Berlin, 2026-07-01T06:00:00Z, true",
    "mon-fri, 08:00-18:00, Europe/Berlin, 2026-07-01T05:59:00Z, false",
    "wed, 22:00-06:00, UTC, 2026-11-25T23:00:00Z, true",
    "wed, 22:00-06:00, UTC, 2026-11-26T05:59:00Z, true",
    "wed, 22:00-06:00, UTC, 2026-11-25T05:00:00Z, false",
    "wed, 22:00-06:00, UTC, 2026-11-26T23:00:00Z, false",
    "wed, 00:00-24:00, UTC, 2026-11-25T23:59:59Z, true",
    "wed, 00:00-24:00, UTC, 2026-11-26T00:00:00Z, false"
  })
  void contains(String days, String span, String zone, OffsetDateTime moment, boolean expected) {
    assertEquals(expected, Hours.of(List.of(days), List.of(span), zone).contains(moment));
  }

  @Test
  void withoutHoursTheWholeDayAndWithoutDaysEveryDay() {
    OffsetDateTime saturday = OffsetDateTime.parse("2026-11-28T12:00:00Z");
    assertEquals(true, Hours.of(List.of("sat"), List.of(), "UTC").contains(saturday));
    assertEquals(true, Hours.of(List.of(), List.of("12:00-13:00"), "UTC").contains(saturday));
    assertEquals(false, Hours.of(List.of("sun"), List.of(), "UTC").contains(saturday));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8-18", "08:00", "25:00-26:00", "08:00-18:60", "", "08:00-18:00-19:00"})
  void refusesWhatIsNoSpan(String span) {
    assertThrows(IllegalArgumentException.class, () -> Hours.of(List.of(), List.of(span), "UTC"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "monday", "mon-", "mon-tue-wed", "1"})
  void refusesWhatIsNoDay(String day) {
    assertThrows(IllegalArgumentException.class, () -> Hours.of(List.of(day), List.of(), "UTC"));
  }
}
