package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactsTextTest {
  private final Random random = new Random(20261125);

  private String text() {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(
            i -> List.of("a", "\"", "\\", "\n", "ü", "{", "\u2028", "😀").get(random.nextInt(8)))
        .collect(Collectors.joining());
  }

  private Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    IntStream.range(0, random.nextInt(3)).forEach(i -> map.put(text(), text()));
    return map;
  }

  private List<String> texts() {
    return IntStream.range(0, random.nextInt(3)).mapToObj(i -> text() + i).toList();
  }

  private Facts facts() {
    return new Facts(
        text(),
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
            .atOffset(ZoneOffset.UTC),
        text(),
        Set.copyOf(texts()),
        map(),
        text(),
        new Facts.Client(text(), text(), text(), map()),
        new Facts.Proxy(text(), text(), random.nextInt(3), texts(), text(), text(), map()),
        new Facts.Visitor(text(), text(), random.nextInt(3)));
  }

  @Test
  void comesBackAsItWas() {
    for (int i = 0; i < 3_000; i++) {
      Facts facts = facts();
      assertEquals(facts, FactsText.read(FactsText.of(facts, key -> true)));
    }
  }

  @Test
  void keepsOnlyTheMetadatasThatRulesName() {
    CompiledRules policy =
        PolicyCompiler.compileWithoutTests(
                """
                rules:
                  - {name: a, allow: {everyone: true}, proxies: {metas: {owner: "*"}}}
                  - {name: b, deny: {everyone: true}, clients: {metas: {team: red}}}
                  - name: c
                    deny: {everyone: true}
                    when: proxy.metas["asset"] == 'x' && client.metas.room == "y" && 'site' in client.metas
                  - name: d
                    deny: {everyone: true}
                    when: account == "portcullis"
                """)
            .orElseThrow();
    for (String key : List.of("owner", "team", "asset", "room", "site")) {
      assertTrue(policy.namesMeta(key), key);
    }
    for (String key : List.of("api-key", "token", "set", "portcullis", "metas", "roo", "")) {
      assertFalse(policy.namesMeta(key), key);
    }
    Facts facts =
        new Facts(
            "NewProxy",
            OffsetDateTime.parse("2026-11-25T12:00:00Z"),
            "alice",
            Set.of(),
            Map.of(),
            "eu-1",
            new Facts.Client("", "", "", Map.of("api-key", "pl4nted-1")),
            new Facts.Proxy(
                "web", "tcp", 0, List.of(), "", "", Map.of("owner", "o", "key", "pl4nted-2")),
            Facts.Visitor.NONE);
    String kept = FactsText.of(facts, policy::namesMeta);
    assertFalse(kept.contains("pl4nted"), kept);
    assertEquals(
        "{\"operation\":\"NewProxy\",\"at\":\"2026-11-25T12:00Z\",\"account\":\"alice\",\"node\":\"eu-1\",\"client\":{},\"proxy\":{\"name\":\"web\",\"type\":\"tcp\",\"metas\":{\"owner\":\"o\"}}}",
        kept);
    assertEquals(policy.judge(facts).outcome(), policy.judge(FactsText.read(kept)).outcome());
  }
}
