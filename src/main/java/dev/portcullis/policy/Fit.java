package dev.portcullis.policy;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.TextPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * Whether an address is in one of the sets.
   *
   * @param unknown whether an unknown one is
   */
  static boolean any(List<AddressSet> sets, Optional<Address> address, boolean unknown) {
    if (address.isEmpty()) {
      return unknown;
    }
    for (AddressSet set : sets) {
      if (set.contains(address.get())) {
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
