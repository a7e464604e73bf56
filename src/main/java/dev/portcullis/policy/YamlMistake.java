package dev.portcullis.policy;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What to write instead of what is no YAML, for the mistakes that people make. */
final class YamlMistake {
  private static final String QUOTES = "; put it in quotes, as \"%s\"";

  /** By what the parser says. */
  private static final List<Map.Entry<String, String>> WORDS =
      List.of(
          Map.entry("TAB", "; indent with blanks, not with tabs"),
          Map.entry(
              "mapping values are not allowed",
              "; indent the line like those that it belongs to, and put a text with a colon in quotes"),
          Map.entry("<block end>", "; indent the line like those that it belongs to"),
          Map.entry("another document", "; take out the line ---"),
          Map.entry("end of stream", "; close what is open: a quote, a bracket"),
          Map.entry("<stream end>", "; close what is open: a quote, a bracket"),
          Map.entry("cannot start any token", "; put the text in quotes"));

  private YamlMistake() {}

  static String sentence(String text, MarkedYamlEngineException mistake) {
    String problem = mistake.getProblem();
    String said = "This is no YAML: " + problem;
    String word = mistake.getProblemMark().map(mark -> word(text, mark)).orElse("");
    if (word.startsWith("*")) {
      return said + QUOTES.formatted(word.length() > 1 ? word : "*.example.com");
    }
    if (word.startsWith("!")) {
      return "%s; put all of it in quotes, since it begins with !: '!...'".formatted(said);
    }
    if (word.contains("${")) {
      return said + QUOTES.formatted("${account}-web");
    }
    if (word.startsWith(":")) {
      return said + QUOTES.formatted(word);
    }
    return WORDS.stream()
        .filter(known -> problem.contains(known.getKey()))
        .map(known -> said + known.getValue())
        .findFirst()
        .orElse(said);
  }

  /** The word in which the parser has stopped. */
  private static String word(String text, Mark mark) {
    String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
    int at = Math.min(mark.getColumn(), line.length());
    int from = at;
    while (from > 0 && !isBetweenWords(line.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < line.length() && !isBetweenWords(line.charAt(to))) {
      to++;
    }
    return line.substring(from, to);
  }

  private static boolean isBetweenWords(char letter) {
    return " \t,[]".indexOf(letter) >= 0;
  }
}
