package dev.portcullis.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A JSON value with the text it was written as. Takes what Go's {@code encoding/json} takes, which
 * is RFC 8259 and nothing more. Written for the tests alone, so that no parser checks itself.
 */
sealed interface GoJson {
  /** The value's own text. */
  String raw();

  record Text(String raw, String value) implements GoJson {}

  record Digits(String raw) implements GoJson {}

  record Bool(String raw, boolean value) implements GoJson {}

  record Null(String raw) implements GoJson {}

  record Items(String raw, List<GoJson> items) implements GoJson {}

  /** A member of an object; {@code rawKey} with its quotes. */
  record Member(String rawKey, String key, GoJson value) {}

  record Members(String raw, List<Member> members) implements GoJson {
    /** The member of exactly that name; the last of several. */
    Optional<GoJson> get(String key) {
      return members.stream()
          .filter(member -> member.key().equals(key))
          .reduce((first, second) -> second)
          .map(Member::value);
    }

    /** The members that Go puts into a field of that name: it takes keys in any case. */
    List<GoJson> named(String field) {
      return members.stream()
          .filter(m -> m.key().toLowerCase(Locale.ROOT).equals(field))
          .map(Member::value)
          .toList();
    }

    List<String> keys() {
      return members.stream().map(Member::key).toList();
    }
  }

  /** It is no JSON; the message says where. */
  final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String what, int at) {
      super(what + " at " + at);
    }
  }

  static GoJson parse(String text) throws SyntaxException {
    return new Parser(text).document();
  }

  /** An object that must be one, for texts that the tests wrote themselves. */
  static Members object(String text) {
    try {
      return (Members) parse(text);
    } catch (SyntaxException e) {
      throw new AssertionError(text, e);
    }
  }

  final class Parser {
    private static final int DEEPEST = 10_000;

    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    private GoJson document() throws SyntaxException {
      blank();
      GoJson value = value(1);
      blank();
      if (at < text.length()) {
        throw wrong("something behind the value");
      }
      return value;
    }

    private GoJson value(int depth) throws SyntaxException {
      if (depth > DEEPEST) {
        throw wrong("too deep");
      }
      int start = at;
      switch (peek()) {
        case '{' -> {
          List<Member> members = members(depth);
          return new Members(text.substring(start, at), members);
        }
        case '[' -> {
          List<GoJson> items = items(depth);
          return new Items(text.substring(start, at), items);
        }
        case '"' -> {
          String value = string();
          return new Text(text.substring(start, at), value);
        }
        case 't' -> {
          word("true");
          return new Bool("true", true);
        }
        case 'f' -> {
          word("false");
          return new Bool("false", false);
        }
        case 'n' -> {
          word("null");
          return new Null("null");
        }
        default -> {
          number();
          return new Digits(text.substring(start, at));
        }
      }
    }

    private List<Member> members(int depth) throws SyntaxException {
      List<Member> members = new ArrayList<>();
      at++;
      blank();
      if (peek() == '}') {
        at++;
        return members;
      }
      while (true) {
        int start = at;
        String key = string();
        String rawKey = text.substring(start, at);
        blank();
        expect(':');
        blank();
        members.add(new Member(rawKey, key, value(depth + 1)));
        blank();
        if (peek() == '}') {
          at++;
          return members;
        }
        expect(',');
        blank();
      }
    }

    private List<GoJson> items(int depth) throws SyntaxException {
      List<GoJson> items = new ArrayList<>();
      at++;
      blank();
      if (peek() == ']') {
        at++;
        return items;
      }
      while (true) {
        items.add(value(depth + 1));
        blank();
        if (peek() == ']') {
          at++;
          return items;
        }
        expect(',');
        blank();
      }
    }

    private String string() throws SyntaxException {
      expect('"');
      StringBuilder value = new StringBuilder();
      while (peek() != '"') {
        char c = text.charAt(at++);
        if (c < ' ') {
          throw wrong("a control character in a string");
        }
        value.append(c == '\\' ? escaped() : c);
      }
      at++;
      return value.toString();
    }

    private char escaped() throws SyntaxException {
      char c = peek();
      at++;
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> hex();
        default -> throw wrong("an unknown escape");
      };
    }

    private char hex() throws SyntaxException {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        char c = peek();
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
          throw wrong("no hex digit");
        }
        value = value * 16 + digit;
        at++;
      }
      return (char) value;
    }

    private void number() throws SyntaxException {
      if (peek() == '-') {
        at++;
      }
      if (peek() == '0') {
        at++;
      } else {
        digits();
      }
      if (at < text.length() && text.charAt(at) == '.') {
        at++;
        digits();
      }
      if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
        at++;
        if (peek() == '+' || peek() == '-') {
          at++;
        }
        digits();
      }
    }

    private void digits() throws SyntaxException {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start) {
        throw wrong("no digit");
      }
    }

    private void word(String word) throws SyntaxException {
      if (!text.startsWith(word, at)) {
        throw wrong("no value");
      }
      at += word.length();
    }

    private void blank() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private void expect(char c) throws SyntaxException {
      if (peek() != c) {
        throw wrong("no " + c);
      }
      at++;
    }

    private char peek() throws SyntaxException {
      if (at >= text.length()) {
        throw wrong("the text ends");
      }
      return text.charAt(at);
    }

    private SyntaxException wrong(String what) {
      return new SyntaxException(what, at);
    }
  }
}
