package dev.portcullis.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("operation", "NewProxy"),
          Map.entry("now", Instant.parse("2026-11-25T23:30:00Z")),
          Map.entry("account", "alice"),
          Map.entry("groups", List.of("staff", "berlin")),
          Map.entry("labels", Map.of("team", "red")),
          Map.entry("node", "eu-1"),
          Map.entry("client.address", "192.0.2.1"),
          Map.entry("client.version", "0.70.1"),
          Map.entry("client.os", "linux"),
          Map.entry("client.metas", Map.of()),
          Map.entry("proxy.name", "web"),
          Map.entry("proxy.type", "tcp"),
          Map.entry("proxy.port", 6000L),
          Map.entry("proxy.domains", List.of()),
          Map.entry("proxy.subdomain", ""),
          Map.entry("proxy.metas", Map.of("owner", "bob@example.com")),
          Map.entry("visitor.address", ""),
          Map.entry("visitor.country", ""),
          Map.entry("visitor.asn", 0L));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.port >= 6000 && proxy.port % 2 == 0 | true",
        "'staff' in groups | true",
        "groups.exists(g, g.startsWith('ber')) | true",
        "groups.all(g, g == 'staff') | false",
        "proxy.metas['owner'].matches('^[^@]+@example[.]com$') | true",
        "has(labels.team) && labels.team == 'blue' | false",
        "now.getHours('Europe/Berlin') == 0 | true",
        "account == node | false"
      })
  void holdsOrNot(String text, boolean expected) {
    assertEquals(expected, Expression.of(text).holds(VALUES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.prot == 1 | There is no 'proxy'; there are account",
        "proxy.port == 'x' | There is no == of (int, string); write both sides in one type",
        "proxy.port | expected type 'bool' but found 'int'",
        "account == | The expression ends too early; complete it",
        "account.matches('(') | Regex validation failed",
      })
  void refusesWhatIsWrongAndSaysWhere(String text, String sentence) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Expression.of(text));
    assertTrue(String.valueOf(refusal.getMessage()).contains(sentence), refusal::toString);
  }

  @Test
  void refusesWhatCostsTooMuch() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Expression.of("account == '" + "x".repeat(3_000) + "'"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Expression.of("(".repeat(200) + "true" + ")".repeat(200)));
    List<Long> many = LongStream.range(0, 40).boxed().toList();
    String list = many.toString();
    Expression loops =
        Expression.of(
            "%s.all(a, %s.all(b, %s.all(c, a + b + c >= 0)))".formatted(list, list, list));
    assertThrows(Expression.UndecidedException.class, () -> loops.holds(VALUES));
  }

  @Test
  void isUndecidedWhereAMapHasNoSuchKey() {
    Expression asks = Expression.of("labels['site'] == 'hq'");
    assertThrows(Expression.UndecidedException.class, () -> asks.holds(VALUES));
  }
}
