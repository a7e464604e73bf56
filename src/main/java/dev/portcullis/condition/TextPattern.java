package dev.portcullis.condition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name with {@code *} for any letters, also none, and with {@code ${account}}, {@code ${node}}
 * and {@code ${group}} for those of whoever asks; {@code ${group}} for each of the groups.
 * Immutable.
 */
public final class TextPattern {
  private static final int LONGEST = 255;

  // letters that are none: no name has them
  private static final char STAR = '\uFFFF';
  private static final char ACCOUNT = '\uFDD0';
  private static final char NODE = '\uFDD1';
  private static final char GROUP = '\uFDD2';

  private final String text;
  private final String template;
  private final String lower;

  /** Who asks, for the variables. */
  public record Names(String account, String node, Set<String> groups) {
    Names inLowerCase() {
      Function<String, String> lower = name -> name.toLowerCase(Locale.ROOT);
      return new Names(
          lower.apply(account),
          lower.apply(node),
          groups.stream().map(lower).collect(Collectors.toUnmodifiableSet()));
    }
  }

  private TextPattern(String text, String template) {
    this.text = text;
    this.template = template;
    this.lower = template.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static TextPattern of(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "A pattern has 1 to %d letters, with * for any letters".formatted(LONGEST));
    }
    String template =
        text.replace('*', STAR)
            .replace("${account}", String.valueOf(ACCOUNT))
            .replace("${node}", String.valueOf(NODE))
            .replace("${group}", String.valueOf(GROUP));
    if (template.contains("${")) {
      throw new IllegalArgumentException(
          "'%s' has a variable that there is not; there are ${account}, ${node} and ${group}"
              .formatted(text));
    }
    return new TextPattern(text, template);
  }

  /** The one name that it stands for; empty when it stands for more, or depends on who asks. */
  public Optional<String> exact() {
    return template.equals(text) ? Optional.of(text) : Optional.empty();
  }

  /**
   * Whether every name that the other fits, whoever asks, fits this too; no where it's not sure.
   */
  public boolean covers(TextPattern other) {
    // only a star of this takes a star or a variable of the other
    return fits(template, other.template);
  }

  /** The same, in any case. */
  public boolean coversHosts(TextPattern other) {
    return fits(lower, other.lower);
  }

  /** The letters that every name that fits begins with. */
  public String prefix() {
    return template.substring(0, letters(template));
  }

  /** The letters that every domain or subdomain that fits begins with, in lower case. */
  public String lowerPrefix() {
    return lower.substring(0, letters(lower));
  }

  /**
   * The labels that every domain that fits ends with, in lower case: {@code example.com} of {@code
   * *.example.com}; empty where there are none.
   */
  public String lowerLabels() {
    if (letters(lower) == lower.length()) {
      return lower;
    }
    int from = lower.length();
    while (!hasMeaning(lower.charAt(from - 1))) {
      from--;
    }
    int dot = lower.indexOf('.', from);
    return dot < 0 ? "" : lower.substring(dot + 1);
  }

  /** Whether a domain of a request stands for more than itself. */
  public static boolean standsForMany(String domain) {
    return domain.indexOf('*') >= 0 || domain.indexOf(STAR) >= 0;
  }

  private static int letters(String template) {
    int count = 0;
    while (count < template.length() && !hasMeaning(template.charAt(count))) {
      count++;
    }
    return count;
  }

  /** The patterns that it stands for with the names of whoever asks, as they would be written. */
  public List<String> filledIn(Names names) {
    String filled = fill(fill(template, ACCOUNT, names.account()), NODE, names.node());
    Stream<String> all =
        filled.indexOf(GROUP) < 0
            ? Stream.of(filled)
            : names.groups().stream().sorted().map(group -> fill(filled, GROUP, group));
    return all.map(pattern -> pattern.replace(STAR, '*'))
        .filter(pattern -> pattern.chars().noneMatch(TextPattern::hasMeaning))
        .toList();
  }

  /** Whether a name fits, letter by letter. */
  public boolean matches(String name, Names names) {
    return anyFilledIn(template, names, pattern -> fits(pattern, name));
  }

  /**
   * Whether a domain of a request fits, in any case: a {@code *} of the request stands for itself,
   * so that {@code *.example.com} fits only where all below example.com does.
   */
  public boolean covers(String domain, Names names) {
    String other = domain.toLowerCase(Locale.ROOT);
    return anyFilledInLower(names, pattern -> fits(pattern, other));
  }

  /** Whether there is a domain that both this and one of a request, with {@code *}, stand for. */
  public boolean meets(String domain, Names names) {
    String other = domain.toLowerCase(Locale.ROOT).replace('*', STAR);
    return anyFilledInLower(names, pattern -> meet(pattern, other));
  }

  private boolean anyFilledInLower(Names names, Function<String, Boolean> fits) {
    return isFilledIn(lower) ? fits.apply(lower) : anyFilledIn(lower, names.inLowerCase(), fits);
  }

  private static boolean isFilledIn(String template) {
    return template.indexOf(ACCOUNT) < 0
        && template.indexOf(NODE) < 0
        && template.indexOf(GROUP) < 0;
  }

  private static boolean anyFilledIn(String template, Names names, Function<String, Boolean> fits) {
    if (isFilledIn(template)) {
      return fits.apply(template);
    }
    String filled = fill(fill(template, ACCOUNT, names.account()), NODE, names.node());
    return filled.indexOf(GROUP) < 0
        ? fits.apply(filled)
        : names.groups().stream().anyMatch(group -> fits.apply(fill(filled, GROUP, group)));
  }

  private static String fill(String template, char variable, String value) {
    // a name that had a letter with a meaning here would be taken for a pattern
    return template.indexOf(variable) < 0 || value.chars().anyMatch(TextPattern::hasMeaning)
        ? template
        : template.replace(String.valueOf(variable), value);
  }

  private static boolean hasMeaning(int letter) {
    return letter == STAR || letter == ACCOUNT || letter == NODE || letter == GROUP;
  }

  // by hand: a regular expression made of it could take exponential time
  private static boolean fits(String pattern, String name) {
    int star = -1;
    int mark = 0;
    int p = 0;
    int n = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == STAR) {
        star = p++;
        mark = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == STAR) {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether a text fits both patterns: row by row, which pairs of rests meet. */
  private static boolean meet(String one, String other) {
    boolean[] below = new boolean[other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      boolean[] row = new boolean[other.length() + 1];
      for (int j = other.length(); j >= 0; j--) {
        boolean oneEnds = i == one.length();
        boolean otherEnds = j == other.length();
        if (oneEnds && otherEnds) {
          row[j] = true;
        } else if (!oneEnds && one.charAt(i) == STAR) {
          row[j] = below[j] || (!otherEnds && row[j + 1]);
        } else if (!otherEnds && other.charAt(j) == STAR) {
          row[j] = row[j + 1] || (!oneEnds && below[j]);
        } else {
          row[j] = !oneEnds && !otherEnds && one.charAt(i) == other.charAt(j) && below[j + 1];
        }
      }
      below = row;
    }
    return below[0];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
