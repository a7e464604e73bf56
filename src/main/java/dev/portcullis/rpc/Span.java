package dev.portcullis.rpc;

import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value's place in a JSON text that was parsed before, so that the rest of it can stay to the
 * byte.
 */
record Span(int start, int end) {
  private static final JsonProvider JSON = JsonProvider.provider();

  String in(String text) {
    return text.substring(start, end);
  }

  /** The places of the values of the object at this place, by their keys. */
  Map<String, Span> members(String text) {
    Map<String, Span> members = new LinkedHashMap<>();
    int at = blank(text, start + 1);
    while (text.charAt(at) != '}') {
      int keyEnd = value(text, at);
      String key = key(text.substring(at, keyEnd));
      int valueStart = blank(text, blank(text, keyEnd) + 1);
      int valueEnd = value(text, valueStart);
      members.put(key, new Span(valueStart, valueEnd));
      at = blank(text, valueEnd);
      if (text.charAt(at) == ',') {
        at = blank(text, at + 1);
      }
    }
    return members;
  }

  private static String key(String literal) {
    if (literal.indexOf('\\') < 0) {
      return literal.substring(1, literal.length() - 1);
    }
    try (var reader = JSON.createReader(new StringReader("[" + literal + "]"))) {
      return ((JsonString) reader.readArray().get(0)).getString();
    }
  }

  static int blank(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** Where the value that starts here ends. */
  private static int value(String text, int from) {
    int depth = 0;
    int at = from;
    do {
      switch (text.charAt(at)) {
        case '"' -> at = closingQuote(text, at);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          while (depth == 0
              && at + 1 < text.length()
              && ",}] \t\r\n".indexOf(text.charAt(at + 1)) < 0) {
            at++;
          }
        }
      }
      at++;
    } while (depth > 0);
    return at;
  }

  private static int closingQuote(String text, int open) {
    int at = open + 1;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}
