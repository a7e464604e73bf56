package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.List;
import java.util.Map;

/** Whether patterns fit names. */
final class Fit {
  private Fit() {}

  static boolean any(List<TextPattern> patterns, String name, TextPattern.Names names) {
    for (TextPattern pattern : patterns) {
      if (pattern.matches(name, names)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every key is there with a value that fits. */
  static boolean all(
      Map<String, TextPattern> patterns, Map<String, String> values, TextPattern.Names names) {
    for (Map.Entry<String, TextPattern> wanted : patterns.entrySet()) {
      String value = values.get(wanted.getKey());
      if (value == null || !wanted.getValue().matches(value, names)) {
        return false;
      }
    }
    return true;
  }
}
