package dev.portcullis.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What frps makes of an answer with HTTP 200: {@code pkg/plugin/server/http.go} and {@code
 * manager.go}, with the types of {@code types.go} and {@code pkg/msg/msg.go} at v0.70.1.
 */
final class FrpsReader {
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");

  private enum Type {
    TEXT,
    BOOL,
    INT,
    TEXTS,
    TEXT_MAP,
    USER,
    SPEC
  }

  private static final Map<String, Type> USER_FIELDS =
      Map.of("user", Type.TEXT, "metas", Type.TEXT_MAP, "run_id", Type.TEXT);

  private static final Map<String, Type> SPEC_FIELDS =
      Map.of("type", Type.TEXT, "always_auth_pass", Type.BOOL);

  private static final Map<String, Map<String, Type>> FIELDS =
      Map.of(
          "Login",
          fields(
              "version hostname os arch user privilege_key run_id client_id client_address",
              Type.TEXT,
              Map.of(
                  "timestamp", Type.INT,
                  "pool_count", Type.INT,
                  "metas", Type.TEXT_MAP,
                  "client_spec", Type.SPEC)),
          "NewProxy",
          fields(
              "proxy_name proxy_type bandwidth_limit bandwidth_limit_mode group group_key subdomain"
                  + " http_user http_pwd host_header_rewrite route_by_http_user sk multiplexer",
              Type.TEXT,
              Map.of(
                  "user", Type.USER,
                  "use_encryption", Type.BOOL,
                  "use_compression", Type.BOOL,
                  "remote_port", Type.INT,
                  "custom_domains", Type.TEXTS,
                  "locations", Type.TEXTS,
                  "allow_users", Type.TEXTS),
              Map.of(
                  "metas", Type.TEXT_MAP,
                  "annotations", Type.TEXT_MAP,
                  "headers", Type.TEXT_MAP,
                  "response_headers", Type.TEXT_MAP)),
          "CloseProxy",
          fields("proxy_name", Type.TEXT, Map.of("user", Type.USER)),
          "Ping",
          fields("privilege_key", Type.TEXT, Map.of("user", Type.USER, "timestamp", Type.INT)),
          "NewWorkConn",
          fields(
              "run_id privilege_key", Type.TEXT, Map.of("user", Type.USER, "timestamp", Type.INT)),
          "NewUserConn",
          fields("proxy_name proxy_type remote_addr", Type.TEXT, Map.of("user", Type.USER)));

  private FrpsReader() {}

  @SafeVarargs
  private static Map<String, Type> fields(String names, Type type, Map<String, Type>... others) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (String name : names.split(" ", -1)) {
      fields.put(name, type);
    }
    for (Map<String, Type> other : others) {
      fields.putAll(other);
    }
    return fields;
  }

  /** What frps does. */
  sealed interface Outcome {
    /** "send X request to plugin error": the operation fails, for a reason that nobody is told. */
    record Fails(String why) implements Outcome {}

    /** The operation fails, and the client is told why. */
    record Rejects(String reason) implements Outcome {}

    /** The operation goes on as it was asked. */
    record Keeps() implements Outcome {}

    /** The operation goes on with these values; a field that is missing has its zero value. */
    record Replaces(Map<String, Object> fields) implements Outcome {}

    /** frps dies, or the session does. */
    record Panics() implements Outcome {}
  }

  /** Go would report an UnmarshalTypeError. */
  static final class TypeException extends Exception {
    private static final long serialVersionUID = 1L;

    TypeException(String field) {
      super(field);
    }
  }

  /** What frps does with an answer to an operation. */
  static Outcome read(String operation, byte[] answer) {
    try {
      GoJson json = GoJson.parse(decode(answer));
      GoJson.Members object = new GoJson.Members("{}", List.of());
      if (json instanceof GoJson.Members given) {
        object = given;
      } else if (!(json instanceof GoJson.Null)) {
        return new Outcome.Fails("no object");
      }
      boolean reject = (Boolean) value(object, "reject", Type.BOOL);
      String reason = (String) value(object, "reject_reason", Type.TEXT);
      boolean unchange = (Boolean) value(object, "unchange", Type.BOOL);
      Map<String, Object> content = Map.of();
      boolean nothing = false;
      boolean given = false;
      for (GoJson value : object.named("content")) {
        given = true;
        nothing = value instanceof GoJson.Null;
        content = nothing ? Map.of() : struct(value, fieldsOf(operation), "content");
      }
      if (reject) {
        return new Outcome.Rejects(reason);
      }
      if (unchange) {
        return new Outcome.Keeps();
      }
      if (nothing) {
        return new Outcome.Panics();
      }
      return new Outcome.Replaces(given ? content : zero(fieldsOf(operation)));
    } catch (GoJson.SyntaxException | TypeException e) {
      return new Outcome.Fails(String.valueOf(e.getMessage()));
    }
  }

  /** The fields of a content. */
  static Map<String, Object> content(String operation, GoJson content) throws TypeException {
    return struct(content, fieldsOf(operation), "content");
  }

  private static Map<String, Type> fieldsOf(String operation) {
    Map<String, Type> fields = FIELDS.get(operation);
    if (fields == null) {
      throw new IllegalArgumentException("frp has no operation " + operation);
    }
    return fields;
  }

  // Go puts U+FFFD for what is no UTF-8; an answer of ours must not have any
  private static String decode(byte[] answer) throws GoJson.SyntaxException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer)).toString();
    } catch (CharacterCodingException e) {
      throw new GoJson.SyntaxException("no UTF-8", 0);
    }
  }

  private static Map<String, Object> zero(Map<String, Type> fields) {
    Map<String, Object> values = new LinkedHashMap<>();
    fields.forEach((name, type) -> values.put(name, zero(type)));
    return values;
  }

  private static Object zero(Type type) {
    return switch (type) {
      case TEXT -> "";
      case BOOL -> false;
      case INT -> 0L;
      case TEXTS -> List.of();
      case TEXT_MAP -> Map.of();
      case USER -> zero(USER_FIELDS);
      case SPEC -> zero(SPEC_FIELDS);
    };
  }

  private static Map<String, Object> struct(GoJson value, Map<String, Type> fields, String name)
      throws TypeException {
    if (!(value instanceof GoJson.Members object)) {
      throw new TypeException(name);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Type> field : fields.entrySet()) {
      values.put(field.getKey(), value(object, field.getKey(), field.getValue()));
    }
    return values;
  }

  /** Every one must be of the type; the last wins. */
  private static Object value(GoJson.Members object, String name, Type type) throws TypeException {
    Object value = zero(type);
    for (GoJson given : object.named(name)) {
      if (!(given instanceof GoJson.Null)) {
        value = value(given, name, type);
      }
    }
    return value;
  }

  private static Object value(GoJson given, String name, Type type) throws TypeException {
    @Nullable Object value =
        switch (type) {
          case TEXT -> given instanceof GoJson.Text text ? go(text.value()) : null;
          case BOOL -> given instanceof GoJson.Bool bool ? bool.value() : null;
          case INT -> given instanceof GoJson.Digits number ? whole(number.raw()) : null;
          case TEXTS -> texts(given, name);
          case TEXT_MAP -> textMap(given, name);
          case USER -> struct(given, USER_FIELDS, name);
          case SPEC -> struct(given, SPEC_FIELDS, name);
        };
    if (value == null) {
      throw new TypeException(name);
    }
    return value;
  }

  private static @Nullable Long whole(String raw) {
    try {
      return WHOLE.matcher(raw).matches() ? Long.valueOf(raw) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable List<String> texts(GoJson given, String name) throws TypeException {
    if (!(given instanceof GoJson.Items array)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (GoJson item : array.items()) {
      texts.add(text(item, name));
    }
    return texts;
  }

  private static @Nullable Map<String, String> textMap(GoJson given, String name)
      throws TypeException {
    if (!(given instanceof GoJson.Members object)) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (GoJson.Member member : object.members()) {
      texts.put(go(member.key()), text(member.value(), name));
    }
    return texts;
  }

  private static String text(GoJson value, String name) throws TypeException {
    if (value instanceof GoJson.Null) {
      return "";
    }
    if (value instanceof GoJson.Text text) {
      return go(text.value());
    }
    throw new TypeException(name);
  }

  /** Go has no half surrogate pairs. */
  private static String go(String text) {
    StringBuilder value = new StringBuilder();
    text.codePoints()
        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(value::appendCodePoint);
    return value.toString();
  }
}
