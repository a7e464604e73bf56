package dev.portcullis.rpc;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads one JSON object, stricter than the servers' parsers are: valid UTF-8, no key twice, nothing
 * behind the object, no deep nesting.
 */
final class JsonText {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 100;
  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonText() {}

  static String decode(byte[] body) throws UnreadableRequestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable("The request is not UTF-8");
    }
  }

  static JsonObject parse(String text) throws UnreadableRequestException {
    if (isOverlooked(text)) {
      throw unreadable("The request is not JSON");
    }
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
        throw unreadable("The request is not a JSON object");
      }
      JsonObject object = object(parser, 1);
      if (parser.hasNext()) {
        throw unreadable("Something stands behind the request's JSON object");
      }
      return object;
    } catch (JsonException
        | NoSuchElementException
        | IllegalStateException
        | NumberFormatException e) {
      // the parser's own words may quote the body, and with it a secret
      throw unreadable("The request is not JSON");
    }
  }

  /** What Johnzon lets pass: a NUL, which it takes for the end, and escapes that JSON has not. */
  private static boolean isOverlooked(String text) {
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
      if (at + 1 == text.length()
          || "\"\\/bfnrtu".indexOf(text.charAt(at + 1)) < 0
          // PostgreSQL keeps no NUL, and nobody means one
          || text.startsWith("u0000", at + 1)) {
        return true;
      }
    }
    return text.indexOf('\0') >= 0;
  }

  private static JsonObject object(JsonParser parser, int depth) throws UnreadableRequestException {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    Set<String> keys = new HashSet<>();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_OBJECT;
        event = parser.next()) {
      String key = parser.getString();
      if (!keys.add(key)) {
        throw unreadable("A member of the request's JSON comes twice");
      }
      object.add(key, value(parser, parser.next(), depth));
    }
    return object.build();
  }

  private static JsonValue value(JsonParser parser, JsonParser.Event event, int depth)
      throws UnreadableRequestException {
    if (depth == DEEPEST) {
      throw unreadable("The request's JSON is nested too deep");
    }
    return switch (event) {
      case START_OBJECT -> object(parser, depth + 1);
      case START_ARRAY -> array(parser, depth + 1);
      case VALUE_NUMBER -> number(parser);
      default -> parser.getValue();
    };
  }

  private static JsonValue array(JsonParser parser, int depth) throws UnreadableRequestException {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      array.add(value(parser, event, depth));
    }
    return array.build();
  }

  private static JsonValue number(JsonParser parser) throws UnreadableRequestException {
    // the time to read one grows with the square of its length
    if (parser.getString().length() > LONGEST_NUMBER) {
      throw unreadable("A number of the request's JSON is too long");
    }
    return parser.getValue();
  }

  private static UnreadableRequestException unreadable(String what) {
    return new UnreadableRequestException(
        "request.malformed", what + "; Portcullis refuses what it can't read.");
  }
}
