package dev.portcullis.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the text of a key into a value, or says what is wrong with it. */
final class SettingReader {
  private static final int SHORTEST_KEY = 32;

  private final Function<String, @Nullable String> text;

  SettingReader(Function<String, @Nullable String> text) {
    this.text = text;
  }

  String secret(String key) {
    String value = text.apply(key);
    if (value == null || value.isBlank()) {
      throw new InvalidSettingException(
          "Set %s (or the environment variable %s) to a secret of at least %d characters, the same on every replica; for example the output of: openssl rand -hex 32"
              .formatted(key, variable(key), SHORTEST_KEY));
    }
    if (value.length() < SHORTEST_KEY) {
      throw new InvalidSettingException(
          "%s has %d characters; it needs at least %d"
              .formatted(key, value.length(), SHORTEST_KEY));
    }
    return value;
  }

  Duration duration(String key, String standard, Duration least) {
    String value = textOr(key, standard);
    Duration duration;
    try {
      duration = Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new InvalidSettingException(
          "%s is '%s'; write a duration such as PT0.8S, PT30S or PT24H".formatted(key, value));
    }
    if (duration.compareTo(least) < 0) {
      throw new InvalidSettingException(
          "%s is %s; the least is %s".formatted(key, duration, least));
    }
    return duration;
  }

  int number(String key, int standard, int least) {
    String value = textOr(key, Integer.toString(standard));
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the sentence below covers it
    }
    throw new InvalidSettingException(
        "%s is '%s'; write a whole number of at least %d".formatted(key, value, least));
  }

  <E extends Enum<E>> E choice(String key, E standard) {
    String value = textOr(key, standard.name());
    E[] choices = standard.getDeclaringClass().getEnumConstants();
    for (E choice : choices) {
      if (choice.name().equalsIgnoreCase(value)) {
        return choice;
      }
    }
    throw new InvalidSettingException(
        "%s is '%s'; write one of %s"
            .formatted(
                key,
                value,
                Arrays.stream(choices)
                    .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  boolean flag(String key, boolean standard) {
    String value = textOr(key, Boolean.toString(standard)).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidSettingException(
              "%s is '%s'; write true or false".formatted(key, value));
    };
  }

  String text(String key, String standard) {
    return textOr(key, standard);
  }

  /** With the spaces at its ends, which may belong to a password. */
  String verbatim(String key, String standard) {
    String value = text.apply(key);
    return value == null || value.isBlank() ? standard : value;
  }

  /** Names of groups, with commas between them. */
  List<String> names(String key, String standard) {
    String value = textOr(key, standard);
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).distinct().toList();
    // "**" is the word of the Servlet specification for everybody who has signed in
    if (names.stream().anyMatch(name -> name.isEmpty() || name.equals("**"))) {
      throw new InvalidSettingException(
          "%s is '%s'; write the names of groups, with a comma between two".formatted(key, value));
    }
    return names;
  }

  /** Texts with commas between them. */
  List<String> list(String key) {
    String value = textOr(key, "");
    List<String> texts = Arrays.stream(value.split(",", -1)).map(String::strip).distinct().toList();
    if (texts.contains("")) {
      throw new InvalidSettingException(
          "%s is '%s'; write one or more, with a comma between two".formatted(key, value));
    }
    return texts;
  }

  private String textOr(String key, String standard) {
    String value = text.apply(key);
    return value == null || value.isBlank() ? standard : value.trim();
  }

  static @Nullable String ofProcess(String key) {
    String property = System.getProperty(key);
    return property != null ? property : System.getenv(variable(key));
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
