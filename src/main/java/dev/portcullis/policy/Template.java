package dev.portcullis.policy;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts with places like {@code ${account}}, each filled once: what is filled in has none. */
public final class Template {
  static final String SUBDOMAIN = "subdomain";
  private static final int LONGEST = 500;
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

  private Template() {}

  /** Whether a text is one line of bearable length, and all its places are among these. */
  public static boolean isValid(String text, Set<String> places) {
    return text.length() <= LONGEST
        && text.chars().noneMatch(Character::isISOControl)
        && !PLACE.matcher(text).replaceAll("").contains("${")
        && places.containsAll(places(text));
  }

  /** What a text must keep to, for people. */
  public static String rule(Set<String> places) {
    return "write at most %d letters on one line; places are %s"
        .formatted(
            LONGEST,
            places.stream()
                .sorted()
                .map(place -> "${" + place + "}")
                .collect(Collectors.joining(", ")));
  }

  static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(place -> place.group(1)).collect(Collectors.toSet());
  }

  public static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }
}
