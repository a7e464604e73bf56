package dev.portcullis.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.settings.Settings.UnknownOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway") // in a class file it does not see that the function may give null
class SettingsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @Test
  void hasTheseKeysAndVariablesAndDefaults() {
    Map<String, String> asked = new LinkedHashMap<>();
    Settings settings =
        Settings.read(
            key -> {
              asked.put(key, SettingReader.variable(key));
              return key.equals("portcullis.key") ? KEY : null;
            });

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("portcullis.key", "PORTCULLIS_KEY");
    expected.put("portcullis.answer-budget", "PORTCULLIS_ANSWER_BUDGET");
    expected.put("portcullis.body-limit", "PORTCULLIS_BODY_LIMIT");
    expected.put("portcullis.workers", "PORTCULLIS_WORKERS");
    expected.put("portcullis.queue", "PORTCULLIS_QUEUE");
    expected.put("portcullis.unknown-operation", "PORTCULLIS_UNKNOWN_OPERATION");
    expected.put("portcullis.account-cache", "PORTCULLIS_ACCOUNT_CACHE");
    expected.put("portcullis.change-poll", "PORTCULLIS_CHANGE_POLL");
    expected.put("portcullis.renewal-interval", "PORTCULLIS_RENEWAL_INTERVAL");
    expected.put("portcullis.lease-time", "PORTCULLIS_LEASE_TIME");
    expected.put("portcullis.session-retention", "PORTCULLIS_SESSION_RETENTION");
    assertEquals(List.copyOf(expected.entrySet()), new ArrayList<>(asked.entrySet()));

    assertEquals(
        new Settings(
            KEY,
            Duration.ofMillis(800),
            1_048_576,
            64,
            2048,
            UnknownOperation.REJECT,
            100_000,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofHours(24),
            Duration.ofDays(30)),
        settings);
  }

  @Test
  void readsEveryKey() {
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("portcullis.key", "another key of at least 32 letters"),
            Map.entry("portcullis.answer-budget", "PT0.05S"),
            Map.entry("portcullis.body-limit", "16384"),
            Map.entry("portcullis.workers", " 1 "),
            Map.entry("portcullis.queue", "1"),
            Map.entry("portcullis.unknown-operation", "Allow"),
            Map.entry("portcullis.account-cache", "100"),
            Map.entry("portcullis.change-poll", "PT0.05S"),
            Map.entry("portcullis.renewal-interval", "pt0.05s"),
            Map.entry("portcullis.lease-time", "PT1S"),
            Map.entry("portcullis.session-retention", "PT1M"));
    assertEquals(
        new Settings(
            "another key of at least 32 letters",
            Duration.ofMillis(50),
            16384,
            1,
            1,
            UnknownOperation.ALLOW,
            100,
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1)),
        Settings.read(texts::get));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "portcullis.key|''|Set portcullis.key (or the environment variable PORTCULLIS_KEY) to a secret of at least 32 characters, the same on every replica; for example the output of: openssl rand -hex 32",
        "portcullis.key|'   '|Set portcullis.key (or the environment variable PORTCULLIS_KEY) to a secret of at least 32 characters, the same on every replica; for example the output of: openssl rand -hex 32",
        "portcullis.key|0123456789abcdef0123456789abcde|portcullis.key has 31 characters; it needs at least 32",
        "portcullis.answer-budget|800|portcullis.answer-budget is '800'; write a duration such as PT0.8S, PT30S or PT24H",
        "portcullis.answer-budget|PT0.049S|portcullis.answer-budget is PT0.049S; the least is PT0.05S",
        "portcullis.answer-budget|-PT1S|portcullis.answer-budget is PT-1S; the least is PT0.05S",
        "portcullis.body-limit|1MB|portcullis.body-limit is '1MB'; write a whole number of at least 16384",
        "portcullis.body-limit|16383|portcullis.body-limit is '16383'; write a whole number of at least 16384",
        "portcullis.workers|0|portcullis.workers is '0'; write a whole number of at least 1",
        "portcullis.queue|-1|portcullis.queue is '-1'; write a whole number of at least 1",
        "portcullis.queue|99999999999|portcullis.queue is '99999999999'; write a whole number of at least 1",
        "portcullis.unknown-operation|maybe|portcullis.unknown-operation is 'maybe'; write one of reject, allow",
        "portcullis.account-cache|99|portcullis.account-cache is '99'; write a whole number of at least 100",
        "portcullis.change-poll|1s|portcullis.change-poll is '1s'; write a duration such as PT0.8S, PT30S or PT24H",
        "portcullis.renewal-interval|PT0S|portcullis.renewal-interval is PT0S; the least is PT0.05S",
        "portcullis.lease-time|PT0.9S|portcullis.lease-time is PT0.9S; the least is PT1S",
        "portcullis.session-retention|PT59S|portcullis.session-retention is PT59S; the least is PT1M"
      })
  void saysWhatIsWrongWithAValue(String key, String value, String sentence) {
    InvalidSettingException e =
        assertThrows(
            InvalidSettingException.class,
            () ->
                Settings.read(
                    asked ->
                        asked.equals(key) ? value : asked.equals("portcullis.key") ? KEY : null));
    assertEquals(sentence, e.getMessage());
  }

  @Test
  void needsAKey() {
    assertThrows(InvalidSettingException.class, () -> Settings.read(key -> null));
  }

  @Test
  void takesABlankValueForNone() {
    assertEquals(Given.settings(), Settings.read(key -> key.equals("portcullis.key") ? KEY : " "));
  }

  @Test
  void keepsTheKeyToItself() {
    assertFalse(Given.settings().toString().contains(KEY));
  }
}
