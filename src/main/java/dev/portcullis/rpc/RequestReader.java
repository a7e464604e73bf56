package dev.portcullis.rpc;

import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a body of frps, of any version since 0.31. Safe for use by many threads. */
final class RequestReader {
  // constant at every tag of frp: pkg/plugin/server/plugin.go, APIVersion
  private static final String VERSION = "0.1.0";
  private static final int LONGEST_NAME = 40;

  private static final Map<String, Kind<?>> KINDS =
      Stream.of(
              new Kind<>(Login.class),
              new Kind<>(NewProxy.class),
              new Kind<>(CloseProxy.class),
              new Kind<>(Ping.class),
              new Kind<>(NewWorkConn.class),
              new Kind<>(NewUserConn.class))
          .collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

  private final Jsonb jsonb = JsonbBuilder.create();

  private record Kind<C extends Operation>(Class<C> type, ContentShape shape) {
    Kind(Class<C> type) {
      this(type, ContentShape.of(type));
    }

    String name() {
      return type.getSimpleName();
    }
  }

  /** What a body turned out to be. */
  sealed interface Reading {
    /** A known operation. */
    record Known(PluginRequest<?> request) implements Reading {}

    /** An operation of a newer frp. */
    record Unknown(String operation) implements Reading {}
  }

  Reading read(byte[] body) throws UnreadableRequestException {
    String text = JsonText.decode(body);
    JsonObject envelope = JsonText.parse(text);
    String operation = text(envelope, "op");
    String version = text(envelope, "version");
    if (!VERSION.equals(version)) {
      throw wrong("its version is not " + VERSION);
    }
    if (operation == null || operation.isEmpty()) {
      throw wrong("'op' must be a text");
    }
    if (!(envelope.get("content") instanceof JsonObject content)) {
      throw wrong("'content' must be an object");
    }
    Kind<?> kind = kind(operation, content);
    if (kind == null) {
      return new Reading.Unknown(
          operation.substring(0, Math.min(operation.length(), LONGEST_NAME)));
    }
    Span place = place(text);
    Optional<String> fault = kind.shape().fault(content, text, place);
    if (fault.isPresent()) {
      throw wrong(fault.get());
    }
    return new Reading.Known(bind(kind, text, place));
  }

  /** frps 0.34 to 0.46.0 sends a work connection as a Ping; no real Ping has a run id. */
  private static @Nullable Kind<?> kind(String operation, JsonObject content) {
    return operation.equals("Ping") && content.containsKey("run_id")
        ? KINDS.get("NewWorkConn")
        : KINDS.get(operation);
  }

  private <C extends Operation> PluginRequest<C> bind(Kind<C> kind, String text, Span place)
      throws UnreadableRequestException {
    try {
      C content = jsonb.fromJson(place.in(text), kind.type());
      return new PluginRequest<>(text, place, kind.shape(), content);
    } catch (JsonbException e) {
      throw wrong("its content is no " + kind.name());
    }
  }

  private static Span place(String text) {
    Span whole = new Span(Span.blank(text, 0), text.length());
    Span place = whole.members(text).get("content");
    if (place == null) {
      throw new IllegalStateException("The content that was parsed is not found again");
    }
    return place;
  }

  private static @Nullable String text(JsonObject envelope, String member) {
    return envelope.get(member) instanceof JsonString string ? string.getString() : null;
  }

  private static UnreadableRequestException wrong(String what) {
    return new UnreadableRequestException(
        "request.malformed", "The request is not of frp's server-plugin API: " + what + ".");
  }
}
