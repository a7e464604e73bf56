package dev.portcullis.condition;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of weekdays in a time zone. Hours that end before they begin go over midnight and belong to
 * the day on which they begin.
 *
 * @param days on which they begin
 * @param spans within a day; the beginning is in it, the end is not
 */
public record Hours(Set<DayOfWeek> days, List<Span> spans, ZoneId zone) {
  private static final Pattern FORM = Pattern.compile("(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})");
  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  /** From a time of the day up to another; up to 24:00 is up to 00:00. */
  record Span(LocalTime from, LocalTime to) {
    static Span of(String text) {
      Matcher form = FORM.matcher(text.strip());
      try {
        if (form.matches()) {
          return new Span(time(form.group(1)), time(form.group(2)));
        }
      } catch (java.time.DateTimeException e) {
        // the sentence below covers it
      }
      throw new IllegalArgumentException(
          "'%s' is no span of hours; write \"08:00-18:00\"".formatted(text));
    }

    private static LocalTime time(String text) {
      return LocalTime.parse(text.equals("24:00") ? "00:00" : text);
    }

    private boolean isOverMidnight() {
      return !from.isBefore(to);
    }
  }

  public Hours {
    days = Set.copyOf(days);
    spans = List.copyOf(spans);
  }

  /**
   * Reads days and hours.
   *
   * @param days {@code mon}, {@code mon-fri}, {@code fri-mon}; none for every day
   * @param spans {@code 08:00-18:00}; none for the whole day
   * @param zone for example {@code Europe/Berlin}
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Hours of(List<String> days, List<String> spans, String zone) {
    Set<DayOfWeek> read = EnumSet.noneOf(DayOfWeek.class);
    days.forEach(text -> add(read, text));
    try {
      return new Hours(
          days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : read,
          spans.stream().map(Span::of).toList(),
          ZoneId.of(zone));
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no time zone; write Europe/Berlin or UTC".formatted(zone), e);
    }
  }

  private static void add(Set<DayOfWeek> days, String text) {
    List<Integer> ends =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("-", -1))
            .map(name -> NAMES.indexOf(name.strip()))
            .toList();
    if (ends.size() > 2 || ends.contains(-1)) {
      throw new IllegalArgumentException(
          "'%s' is no weekday; write mon, or mon-fri".formatted(text));
    }
    DayOfWeek day = DayOfWeek.of(ends.get(0) + 1);
    DayOfWeek last = DayOfWeek.of(ends.get(ends.size() - 1) + 1);
    days.add(day);
    while (day != last) {
      day = day.plus(1);
      days.add(day);
    }
  }

  public boolean contains(OffsetDateTime moment) {
    ZonedDateTime here = moment.atZoneSameInstant(zone);
    DayOfWeek today = here.getDayOfWeek();
    if (spans.isEmpty()) {
      return days.contains(today);
    }
    LocalTime time = here.toLocalTime();
    for (Span span : spans) {
      boolean begun = !time.isBefore(span.from());
      boolean goesOn = time.isBefore(span.to());
      boolean within =
          span.isOverMidnight()
              ? (begun && days.contains(today)) || (goesOn && days.contains(today.minus(1)))
              : begun && goesOn && days.contains(today);
      if (within) {
        return true;
      }
    }
    return false;
  }
}
