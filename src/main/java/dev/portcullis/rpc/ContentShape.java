package dev.portcullis.rpc;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a record of {@code operation}, read off the record itself: which members it models
 * and of what type. Go refuses a wrong type where a server's JSON-B would bend it.
 */
final class ContentShape {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

  private static final Set<Kind> PRIMITIVES = Set.of(Kind.INTEGER, Kind.FLAG);

  private final List<Member> members;

  private enum Kind {
    TEXT("a text"),
    INTEGER("a whole number"),
    FLAG("true or false"),
    TEXTS("a list of texts"),
    TEXT_MAP("an object of texts"),
    RECORD("an object");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** A modelled member; {@code shape} only for a record. */
  private record Member(String name, Kind kind, Method accessor, @Nullable ContentShape shape) {
    @Nullable Object of(Object record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("A record's accessor failed: " + name, e);
      }
    }
  }

  /** A change of a text. */
  private record Replacement(Span place, String text) {}

  private ContentShape(List<Member> members) {
    this.members = members;
  }

  static ContentShape of(Class<?> type) {
    return new ContentShape(
        Arrays.stream(type.getRecordComponents()).map(ContentShape::member).toList());
  }

  private static Member member(RecordComponent component) {
    // propagated to the accessor; the component itself is no target of the annotation
    JsonbProperty property = component.getAccessor().getAnnotation(JsonbProperty.class);
    String name = property == null ? component.getName() : property.value();
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return new Member(name, Kind.RECORD, component.getAccessor(), of(type));
    }
    Kind kind = kind(type, name);
    return new Member(name, kind, component.getAccessor(), null);
  }

  private static Kind kind(Class<?> type, String name) {
    if (type == String.class) {
      return Kind.TEXT;
    }
    if (type == int.class) {
      return Kind.INTEGER;
    }
    if (type == boolean.class) {
      return Kind.FLAG;
    }
    if (type == List.class) {
      return Kind.TEXTS;
    }
    if (type == Map.class) {
      return Kind.TEXT_MAP;
    }
    throw new IllegalStateException("No JSON type is known for " + name + " of type " + type);
  }

  /**
   * What is wrong with the types of an object's members; empty when nothing is.
   *
   * @param text the JSON text that the object was read from
   * @param place of the object in it
   */
  Optional<String> fault(JsonObject object, String text, Span place) {
    Map<String, Span> places = place.members(text);
    for (Member member : members) {
      JsonValue value = object.get(member.name());
      boolean zero = value == JsonValue.NULL && !PRIMITIVES.contains(member.kind());
      if (value == null || zero) {
        continue;
      }
      Span at = Objects.requireNonNull(places.get(member.name()));
      if (!fits(member.kind(), value, at.in(text))) {
        return Optional.of("'" + member.name() + "' must be " + member.kind().words);
      }
      if (member.shape() != null) {
        Optional<String> inner = member.shape().fault(value.asJsonObject(), text, at);
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(Kind kind, JsonValue value, String raw) {
    return switch (kind) {
      case TEXT -> isText(value);
      // by its text: a server's parser makes a 5 of 5e0, which Go does not take
      case INTEGER -> value.getValueType() == ValueType.NUMBER && isInt(raw);
      case FLAG -> value == JsonValue.TRUE || value == JsonValue.FALSE;
      case TEXTS ->
          value instanceof JsonArray array && array.stream().allMatch(ContentShape::isText);
      case TEXT_MAP ->
          value instanceof JsonObject map && map.values().stream().allMatch(ContentShape::isText);
      case RECORD -> value.getValueType() == ValueType.OBJECT;
    };
  }

  private static boolean isText(JsonValue value) {
    return value.getValueType() == ValueType.STRING;
  }

  private static boolean isInt(String digits) {
    if (!DIGITS.matcher(digits).matches()) {
      return false;
    }
    long number = Long.parseLong(digits);
    return number == (int) number;
  }

  /**
   * The text of an object with what differs between two records put into it.
   *
   * @param text a JSON text
   * @param object the place of the object in it
   * @param before what was read from it
   * @param after what it shall say
   */
  String patch(String text, Span object, Object before, Object after) {
    Map<String, Span> places = object.members(text);
    List<Replacement> replacements = new ArrayList<>();
    StringBuilder added = new StringBuilder();
    for (Member member : members) {
      if (Objects.equals(member.of(before), member.of(after))) {
        continue;
      }
      Span place = places.get(member.name());
      String value = value(member, place, text, before, after);
      if (place != null) {
        replacements.add(new Replacement(place, value));
      } else {
        added.append(',').append(literal(member.name())).append(':').append(value);
      }
    }
    // from the end, so that places further in front stay where they are
    replacements.sort(Comparator.comparingInt((Replacement r) -> r.place().start()).reversed());
    StringBuilder patched = new StringBuilder(object.in(text));
    for (Replacement replacement : replacements) {
      patched.replace(
          replacement.place().start() - object.start(),
          replacement.place().end() - object.start(),
          replacement.text());
    }
    if (!added.isEmpty()) {
      patched.insert(patched.length() - 1, places.isEmpty() ? added.substring(1) : added);
    }
    return patched.toString();
  }

  private static String value(
      Member member, @Nullable Span place, String text, Object before, Object after) {
    Object value = member.of(after);
    if (member.shape() != null && place != null && text.charAt(place.start()) == '{') {
      return member
          .shape()
          .patch(
              text,
              place,
              Objects.requireNonNull(member.of(before)),
              Objects.requireNonNull(value));
    }
    return literal(value);
  }

  private static String literal(@Nullable Object value) {
    if (value instanceof String string) {
      return JSON.createValue(string).toString();
    }
    if (value instanceof List<?> list) {
      return JSON.createArrayBuilder(list).build().toString();
    }
    if (value instanceof Map<?, ?> map) {
      var object = JSON.createObjectBuilder();
      map.forEach((key, text) -> object.add(String.valueOf(key), String.valueOf(text)));
      return object.build().toString();
    }
    if (value instanceof Record) {
      throw new IllegalStateException("frps has sent no object where a policy changes one");
    }
    return String.valueOf(value);
  }
}
