package dev.portcullis.admin;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of administrators into records: alike on every server, and stricter than theirs. A
 * member that is misspelt or of another type is refused by its name; it would change nothing and
 * say nothing.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Record> {
  private static final int LARGEST = 1024 * 1024;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final JsonProvider JSON = JsonProvider.provider();

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  /** Null for an empty body. */
  @Override
  public @Nullable Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream entity)
      throws IOException {
    String text = text(entity.readNBytes(LARGEST + 1));
    if (text.isBlank()) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(new StringReader(text))) {
      Object read = value(parser, parser.next(), type, "The body");
      if (parser.hasNext()) {
        throw noJson();
      }
      return type.cast(read);
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      throw noJson();
    }
  }

  private static String text(byte[] body) {
    if (body.length > LARGEST) {
      throw ProblemException.badRequest("The body has more than %d bytes".formatted(LARGEST));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // the sentence below covers it
    }
    throw noJson();
  }

  // no deeper than the types are, whatever is sent
  private static @Nullable Object value(JsonParser parser, Event event, Type type, String place) {
    if (event == Event.VALUE_NULL) {
      return null;
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list(parser, event, list.getActualTypeArguments()[0], place);
    }
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return map(parser, event, map.getActualTypeArguments()[1], place);
    }
    if (type == String.class) {
      return string(parser, event, place);
    }
    if (type == Boolean.class) {
      require(event == Event.VALUE_TRUE || event == Event.VALUE_FALSE, place, "true or false");
      return event == Event.VALUE_TRUE;
    }
    if (type == Long.class) {
      require(
          event == Event.VALUE_NUMBER && WHOLE_NUMBER.matcher(parser.getString()).matches(),
          place,
          "a whole number");
      return Long.valueOf(parser.getString());
    }
    return record(parser, event, (Class<?>) type, place);
  }

  private static String string(JsonParser parser, Event event, String place) {
    require(event == Event.VALUE_STRING, place, "a text");
    String text = parser.getString();
    // PostgreSQL keeps neither
    require(
        text.chars().noneMatch(c -> c == 0)
            && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
        place,
        "a text without NUL and lone surrogates");
    return text;
  }

  private static List<Object> list(JsonParser parser, Event event, Type type, String place) {
    require(event == Event.START_ARRAY, place, "a list");
    List<Object> items = new ArrayList<>();
    for (Event next = parser.next(); next != Event.END_ARRAY; next = parser.next()) {
      Object item = value(parser, next, type, "Each of " + place);
      if (item == null) {
        throw wrong("Each of " + place, "something else than null");
      }
      items.add(item);
    }
    return items;
  }

  private static Map<String, @Nullable Object> map(
      JsonParser parser, Event event, Type type, String place) {
    require(event == Event.START_OBJECT, place, "an object");
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Event next = parser.next(); next != Event.END_OBJECT; next = parser.next()) {
      String key = parser.getString();
      require(!members.containsKey(key), place, "an object without the same member twice");
      members.put(key, value(parser, parser.next(), type, place + "." + key));
    }
    return members;
  }

  private static Object record(JsonParser parser, Event event, Class<?> type, String place) {
    require(event == Event.START_OBJECT, place, "an object");
    RecordComponent[] components = type.getRecordComponents();
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Event next = parser.next(); next != Event.END_OBJECT; next = parser.next()) {
      String key = parser.getString();
      RecordComponent component =
          Arrays.stream(components)
              .filter(known -> known.getName().equals(key))
              .findFirst()
              .orElseThrow(() -> unknown(key, components));
      require(!values.containsKey(key), place, "an object without the same member twice");
      values.put(key, value(parser, parser.next(), component.getGenericType(), "'" + key + "'"));
    }
    try {
      return type.getConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(
              Arrays.stream(components).map(known -> values.get(known.getName())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("A record of the wire must be public", e);
    }
  }

  private static void require(boolean right, String place, String what) {
    if (!right) {
      throw wrong(place, what);
    }
  }

  private static ProblemException wrong(String place, String what) {
    return ProblemException.badRequest(place + " must be " + what);
  }

  private static ProblemException unknown(String key, RecordComponent[] components) {
    return ProblemException.badRequest(
        "There is no member '%s' here; the members are %s"
            .formatted(
                key.substring(0, Math.min(key.length(), 100)),
                Arrays.stream(components)
                    .map(RecordComponent::getName)
                    .collect(Collectors.joining(", "))));
  }

  private static ProblemException noJson() {
    return ProblemException.badRequest("The body is not JSON in UTF-8");
  }
}
