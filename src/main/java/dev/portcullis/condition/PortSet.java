package dev.portcullis.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ports from 1 to 65535, as ranges that neither touch nor overlap. Immutable. */
public final class PortSet {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int HIGHEST = 65535;

  // of range i: from first[i] to last[i], upwards
  private final int[] first;
  private final int[] last;

  private record Range(int first, int last) {}

  private PortSet(List<Range> ranges) {
    first = ranges.stream().mapToInt(Range::first).toArray();
    last = ranges.stream().mapToInt(Range::last).toArray();
  }

  /**
   * Reads {@code 6000} and {@code 6000-6010}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static PortSet of(Collection<String> texts) {
    return merged(texts.stream().map(PortSet::range));
  }

  private static PortSet merged(Stream<Range> ranges) {
    List<Range> sorted = ranges.sorted(Comparator.comparingInt(Range::first)).toList();
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      Range before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (before != null && range.first() <= before.last() + 1) {
        merged.set(
            merged.size() - 1, new Range(before.first(), Math.max(before.last(), range.last())));
      } else {
        merged.add(range);
      }
    }
    return new PortSet(merged);
  }

  private static Range range(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no port; write 6000, or a range as 6000-6010".formatted(text));
    }
    int first = Integer.parseInt(form.group(1));
    int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
    if (first < 1 || last > HIGHEST || first > last) {
      throw new IllegalArgumentException(
          "'%s' is no range of ports: they go from 1 to 65535, the lower first".formatted(text));
    }
    return new Range(first, last);
  }

  public boolean contains(int port) {
    int at = Arrays.binarySearch(first, port);
    return at >= 0 || (at < -1 && port <= last[-at - 2]);
  }

  public boolean isEmpty() {
    return first.length == 0;
  }

  /** How many ports there are in it. */
  public int size() {
    return IntStream.range(0, first.length).map(i -> last[i] - first[i] + 1).sum();
  }

  /** Its ports, upwards. */
  public IntStream ports() {
    return IntStream.range(0, first.length).flatMap(i -> IntStream.rangeClosed(first[i], last[i]));
  }

  /** Those of all. */
  public static PortSet union(Collection<PortSet> sets) {
    return merged(
        sets.stream()
            .flatMap(
                set ->
                    IntStream.range(0, set.first.length)
                        .mapToObj(i -> new Range(set.first[i], set.last[i]))));
  }

  /** The blocks of so many ports, counted from 0, in which it has any. */
  public IntStream blocks(int size) {
    return IntStream.range(0, first.length)
        .flatMap(i -> IntStream.rangeClosed(first[i] / size, last[i] / size))
        .distinct();
  }

  /** Whether a port is in both. */
  public boolean overlaps(PortSet other) {
    return IntStream.range(0, first.length)
        .anyMatch(
            i ->
                IntStream.range(0, other.first.length)
                    .anyMatch(j -> first[i] <= other.last[j] && other.first[j] <= last[i]));
  }

  /** Whether every port of the other is in this. */
  public boolean containsAll(PortSet other) {
    return IntStream.range(0, other.first.length)
        .allMatch(
            j ->
                IntStream.range(0, first.length)
                    .anyMatch(i -> first[i] <= other.first[j] && other.last[j] <= last[i]));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PortSet set
        && Arrays.equals(first, set.first)
        && Arrays.equals(last, set.last);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.hashCode(last);
  }

  /** As it is written: {@code 6000, 7000-7010}. */
  @Override
  public String toString() {
    return IntStream.range(0, first.length)
        .mapToObj(i -> first[i] == last[i] ? Integer.toString(first[i]) : first[i] + "-" + last[i])
        .collect(Collectors.joining(", "));
  }
}
