package dev.portcullis.rule;

import java.util.Optional;

/** What would be allowed instead, in reasons for the account that it is allowed to. */
final class Allowed {
  private Allowed() {}

  static String text(Optional<String> granted, Optional<String> ruled) {
    return granted.orElse("none") + ruled.map(text -> "; allowed by rules: " + text).orElse("");
  }
}
