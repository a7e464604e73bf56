package dev.portcullis.reservation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port, or all ports between two.
 *
 * @param first 1 to 65535
 * @param last not below {@code first}
 */
record PortRange(int first, int last) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  public PortRange {
    if (first < 1 || last > 65535 || first > last) {
      throw new IllegalArgumentException(
          "%d-%d is no range of ports: they go from 1 to 65535, the lower first"
              .formatted(first, last));
    }
  }

  /**
   * Reads {@code 6000} or {@code 6000-6010}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static PortRange parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("Write a port as 6000, or a range as 6000-6010");
    }
    int first = Integer.parseInt(form.group(1));
    return new PortRange(first, form.group(2) == null ? first : Integer.parseInt(form.group(2)));
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
