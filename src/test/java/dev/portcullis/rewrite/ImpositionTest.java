package dev.portcullis.rewrite;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.admin.ProblemException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpositionTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void takesWhatFrpsUnderstands() {
    assertDoesNotThrow(
        () ->
            new ImpositionRepresentation(
                    " 1MB ",
                    Map.of("X-Account", "${account}", "x!#$%&'*+.^_`|~-1", ""),
                    Map.of("X-Node", "${node}"),
                    Map.of("portcullis/run_id", "${run_id} ${proxy}"))
                .check());
    assertDoesNotThrow(() -> new ImpositionRepresentation(null, null, null, null).check());
  }

  @Test
  void saysWhatFrpsWouldNotUnderstand() {
    assertEquals("bandwidthLimit is '1GB'; write 500KB or 1MB", problem("1GB", NONE, NONE, NONE));
    assertEquals(
        "headers: 'X Account' is no name", problem("", Map.of("X Account", ""), NONE, NONE));
    assertEquals("responseHeaders: 'a:b' is no name", problem("", NONE, Map.of("a:b", ""), NONE));
    assertEquals("metas: '-a' is no name", problem("", NONE, NONE, Map.of("-a", "")));
    assertEquals(
        "headers.X: write at most 500 letters on one line; places are ${account}, ${node},"
            + " ${proxy}, ${run_id}",
        problem(null, Map.of("X", "${password}"), NONE, NONE));
    Map<String, String> many =
        IntStream.rangeClosed(0, 50).boxed().collect(Collectors.toMap(i -> "a" + i, i -> ""));
    assertEquals("metas has more than 50 members", problem(null, NONE, NONE, many));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "\u0000", "\u007f", "${}", "${a}"})
  void refusesTextsThatBreakAHeader(String text) {
    problem("", Map.of("X", text), NONE, NONE);
    problem("", NONE, Map.of("X", text), NONE);
    problem("", NONE, NONE, Map.of("X", text));
  }

  @Test
  void refusesLongTextsAndNone() {
    assertDoesNotThrow(
        () -> new ImpositionRepresentation("", Map.of("X", "x".repeat(500)), NONE, NONE).check());
    problem("", Map.of("X", "x".repeat(501)), NONE, NONE);
    Map<String, String> none = new HashMap<>();
    @SuppressWarnings("NullAway") // what JSON-B makes of {"X":null}
    Runnable put = () -> none.put("X", null);
    put.run();
    problem("", none, NONE, NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "a(b)", "a\u00e4", "a\"b"})
  void refusesNamesThatAreNone(String name) {
    problem("", Map.of(name, ""), NONE, NONE);
    problem("", NONE, Collections.singletonMap(name, ""), NONE);
  }

  private static String problem(
      @Nullable String limit,
      Map<String, String> headers,
      Map<String, String> responseHeaders,
      Map<String, String> metas) {
    ImpositionRepresentation wish =
        new ImpositionRepresentation(limit, headers, responseHeaders, metas);
    return String.valueOf(assertThrows(ProblemException.class, wish::check).getMessage());
  }

  @Test
  void standsBeforeAnother() {
    ImpositionRepresentation account =
        new ImpositionRepresentation("1MB", Map.of("a", "1", "b", "1"), null, Map.of());
    ImpositionRepresentation node =
        new ImpositionRepresentation(
            "2MB", Map.of("b", "2", "c", "2"), Map.of("r", "2"), Map.of("m", "2"));
    assertEquals(
        new ImpositionRepresentation(
            "1MB", Map.of("a", "1", "b", "1", "c", "2"), Map.of("r", "2"), Map.of("m", "2")),
        account.before(node));
    assertEquals(
        "2MB", new ImpositionRepresentation(" ", null, null, null).before(node).bandwidthLimit());
  }

  @Test
  void comesBackFromItsRowAsItWent() {
    ImpositionRepresentation wish =
        new ImpositionRepresentation(
            "1MB",
            Map.of("X-A", "\"quoted\" \\ \u00e4 \u2028 ${account}"),
            Map.of("X-B", ""),
            Map.of("c", "d", "e", "f"));
    Imposition row = new Imposition("id");
    row.set(wish);
    assertEquals(wish, row.representation());
  }

  @Test
  void isNothingBeforeItIsSet() {
    assertEquals(
        new ImpositionRepresentation("", NONE, NONE, NONE), new Imposition("id").representation());
  }
}
