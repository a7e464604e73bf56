package dev.portcullis.settings;

import java.time.Duration;

/**
 * How tunnel clients are slowed that fail to sign in.
 *
 * @param free {@code portcullis.sign-in-failures}: failures of one address with one account that
 *     cost nothing but themselves
 * @param longest {@code portcullis.sign-in-delay}: the longest that a client must wait before it
 *     may try again
 */
public record ThrottleSettings(int free, Duration longest) {

  static ThrottleSettings read(SettingReader reader) {
    return new ThrottleSettings(
        reader.number("portcullis.sign-in-failures", 5, 1),
        reader.duration("portcullis.sign-in-delay", "PT15M", Duration.ofSeconds(1)));
  }
}
