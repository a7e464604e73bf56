package dev.portcullis.rewrite;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code ${account}}, {@code ${node}}, {@code ${proxy}} or {@code ${run_id}}. */
final class Template {
  static final String NAMES = "${account}, ${node}, ${proxy} and ${run_id}";
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern KNOWN = Pattern.compile("account|node|proxy|run_id");

  private Template() {}

  /** Whether all places of a text are known ones. */
  static boolean isValid(String text) {
    return !PLACE.matcher(text).replaceAll("").contains("${")
        && PLACE.matcher(text).results().allMatch(place -> KNOWN.matcher(place.group(1)).matches());
  }

  static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }
}
