package dev.portcullis.operation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go leaves out zero values ({@code omitempty}); these put them back. */
final class Zero {
  private Zero() {}

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static List<String> list(@Nullable List<String> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  /** Keeps the order in which the members came. */
  static Map<String, String> map(@Nullable Map<String, String> value) {
    return value == null || value.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(value));
  }

  static ClientSpec spec(@Nullable ClientSpec value) {
    return value == null ? ClientSpec.NONE : value;
  }

  static FrpUser user(@Nullable FrpUser value) {
    return value == null ? new FrpUser("", Map.of(), "") : value;
  }
}
