package dev.portcullis.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Versions of frpc between bounds, such as {@code >=0.58.0 <0.70}. Compared number by number; what
 * a version does not say is 0.
 */
public final class VersionRange {
  private static final Pattern BOUND =
      Pattern.compile("(>=|<=|>|<|=)?v?(\\d{1,6}(?:\\.\\d{1,6}){0,3})");
  private static final int MOST_NUMBERS = 4;
  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6}(?:\\.\\d{1,6}){0,3}).*");

  private final List<Bound> bounds;
  private final String text;

  private record Bound(String sign, List<Integer> version) {
    boolean admits(List<Integer> other) {
      int order = compare(other, version);
      return switch (sign) {
        case ">=" -> order >= 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case "<" -> order < 0;
        default -> order == 0;
      };
    }

    Stream<List<Integer>> edges() {
      List<Integer> above = new ArrayList<>(version);
      above.addAll(Collections.nCopies(MOST_NUMBERS - version.size(), 0));
      above.add(1);
      return Stream.of(version, above);
    }

    private static int compare(List<Integer> one, List<Integer> other) {
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        int order = Integer.compare(number(one, i), number(other, i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    private static int number(List<Integer> version, int at) {
      return at < version.size() ? version.get(at) : 0;
    }
  }

  private VersionRange(List<Bound> bounds, String text) {
    this.bounds = bounds;
    this.text = text;
  }

  /**
   * Reads bounds with blanks between them, all of which must hold.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static VersionRange of(String text) {
    List<Bound> bounds = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      Matcher form = BOUND.matcher(word);
      if (!form.matches()) {
        throw new IllegalArgumentException(
            "'%s' is no range of versions; write >=0.58.0, or >=0.58 <0.70".formatted(text));
      }
      bounds.add(new Bound(form.group(1) == null ? "=" : form.group(1), numbers(form.group(2))));
    }
    return new VersionRange(List.copyOf(bounds), text);
  }

  /** Whether no version can be within. */
  public boolean isEmpty() {
    // if any is, then the lowest of all, or one of the bounds, or the next one above it
    return Stream.concat(Stream.of(List.<Integer>of()), bounds.stream().flatMap(Bound::edges))
        .noneMatch(version -> bounds.stream().allMatch(bound -> bound.admits(version)));
  }

  /** Whether a version is within; one that can't be read is not. */
  public boolean contains(String version) {
    Matcher form = VERSION.matcher(version);
    if (!form.matches()) {
      return false;
    }
    List<Integer> numbers = numbers(form.group(1));
    return bounds.stream().allMatch(bound -> bound.admits(numbers));
  }

  private static List<Integer> numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).map(Integer::valueOf).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
