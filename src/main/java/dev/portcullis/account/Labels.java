package dev.portcullis.account;

import dev.portcullis.admin.ProblemException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Labels of accounts, as administrators write them and a column keeps them: a line for each. */
final class Labels {
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._/-]{0,62}");
  private static final int MOST = 50;
  private static final int LONGEST = 255;

  private Labels() {}

  /**
   * The same labels.
   *
   * @throws ProblemException 400 where one is none
   */
  static Map<String, String> checked(Map<String, String> labels) {
    if (labels.size() > MOST || !labels.entrySet().stream().allMatch(Labels::isLabel)) {
      throw ProblemException.badRequest(
          "labels are at most %d; a key has 1 to 63 letters, digits and any of ._/- and a value at most %d letters, none of them a control character"
              .formatted(MOST, LONGEST));
    }
    return labels;
  }

  private static boolean isLabel(Map.Entry<String, @Nullable String> label) {
    String value = label.getValue();
    return KEY.matcher(label.getKey()).matches()
        && value != null
        && value.length() <= LONGEST
        && value.chars().noneMatch(Character::isISOControl);
  }

  static @Nullable String column(Map<String, String> labels) {
    return labels.isEmpty()
        ? null
        : new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining("\n"));
  }

  static Map<String, String> ofColumn(@Nullable String column) {
    Map<String, String> labels = new TreeMap<>();
    if (column != null) {
      for (String line : column.split("\n", -1)) {
        int sign = line.indexOf('=');
        labels.put(line.substring(0, sign), line.substring(sign + 1));
      }
    }
    return labels;
  }
}
