package dev.portcullis.admin;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters. Left to JAX-RS, a wrong number or word is answered with 404, and any word
 * but {@code true} is false.
 */
@Provider
public class ParameterReader implements ParamConverterProvider {

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type genericType, Annotation[] annotations) {
    String name =
        Arrays.stream(annotations)
            .filter(QueryParam.class::isInstance)
            .map(annotation -> ((QueryParam) annotation).value())
            .findFirst()
            .orElse("");
    if (name.isEmpty()) {
      return null;
    }
    if (type == String.class) {
      // PostgreSQL takes none
      return (ParamConverter<T>)
          new Reader<>(name, "text without NUL", text -> text.indexOf('\0') < 0 ? text : null);
    }
    if (type == int.class) {
      return (ParamConverter<T>) new Reader<>(name, "a whole number", Integer::valueOf);
    }
    Map<String, ?> words =
        type == boolean.class
            ? Map.of("true", true, "false", false)
            : type.isEnum()
                ? Stream.of(type.getEnumConstants())
                    .collect(Collectors.toMap(Object::toString, Function.identity()))
                : Map.of();
    return words.isEmpty()
        ? null
        : (ParamConverter<T>)
            new Reader<>(
                name,
                words.keySet().stream().sorted().collect(Collectors.joining(" or ")),
                words::get);
  }

  private record Reader<T>(String name, String what, Function<String, @Nullable T> known)
      implements ParamConverter<T> {
    @Override
    public T fromString(@Nullable String text) {
      if (text == null) {
        // so says JAX-RS; from Jersey a parameter that is not given gets its default by this
        throw new IllegalArgumentException("There is no " + name);
      }
      try {
        T value = known.apply(text);
        if (value != null) {
          return value;
        }
      } catch (NumberFormatException e) {
        // the sentence below covers it
      }
      throw new BadRequestException(
          ProblemMapper.response(
              ProblemException.badRequest("%s is '%s'; give %s".formatted(name, text, what))));
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
