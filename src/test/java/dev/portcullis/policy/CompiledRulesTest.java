package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.policy.Rule.Effect;
import dev.portcullis.policy.Verdict.Outcome;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold of every document: tried on thousands made by chance. */
class CompiledRulesTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");
  private static final int ROUNDS = 3_000;
  private final Random random = new Random(20261125);

  @Test
  void givesReservedPortsToNobodyElseHoweverAskedFor() {
    for (int round = 0; round < ROUNDS; round++) {
      int first = 1000 + random.nextInt(20);
      int last = first + random.nextInt(5);
      boolean onThisNode = random.nextBoolean();
      boolean insider = random.nextBoolean();
      CompiledRules policy =
          new CompiledRules(
              new PolicyReader(NOW)
                  .read(
                      """
                      rules: [{name: all, allow: {everyone: true}, proxies: {ports: [1000-1024]}}]
                      reservations:
                        - {name: some, ports: ["%d-%d"], nodes: [%s], for: {groups: [dba]}}
                      """
                          .formatted(first, last, onThisNode ? "eu-*" : "us-*")));
      Facts any =
          new Facts(
              "NewProxy",
              NOW,
              "alice",
              insider ? Set.of("dba") : Set.of("staff"),
              Map.of(),
              "eu-1",
              Facts.Client.UNKNOWN,
              new Facts.Proxy("web", "tcp", 0, List.of(), "", "", Map.of()),
              Facts.Visitor.NONE);
      List<Integer> expected =
          IntStream.rangeClosed(1000, 1024)
              .filter(port -> insider || !onThisNode || port < first || port > last)
              .boxed()
              .toList();
      assertEquals(expected, policy.ports(any).boxed().toList());
      int port = 1000 + random.nextInt(25);
      Verdict verdict = policy.judge(any.withProxy(any.proxy().withPort(port)));
      assertEquals(expected.contains(port) ? Outcome.ALLOWED : Outcome.DENIED, verdict.outcome());
    }
  }

  // ---------------------------------------------------------------- documents by chance

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String rule(int number) {
    StringBuilder text = new StringBuilder("  - {name: r" + number);
    text.append(any(", allow: ", ", allow: ", ", deny: "))
        .append(
            any(
                "{everyone: true}",
                "{accounts: [alice]}",
                "{accounts: [a*, bob]}",
                "{groups: [staff, guests]}",
                "{groups: [staff], accounts: [alice, bob]}",
                "{labels: {team: red}}"));
    text.append(
        any(
            "",
            "",
            ", proxies: {types: [tcp]}",
            ", proxies: {types: [http, tcp]}",
            ", proxies: {ports: [1-1000, 2000]}",
            ", proxies: {pools: [web]}",
            ", proxies: {domains: ['*.example.com']}",
            ", proxies: {domains: [a.example.com], subdomains: ['${account}*']}",
            ", proxies: {subdomains: ['${group}-*'], types: [http]}",
            ", proxies: {names: [w*]}",
            ", visitors: {addresses: [192.0.2.0/24]}",
            ", visitors: {countries: [DE]}, proxies: {types: [tcp]}"));
    text.append(any("", "", "", ", nodes: [eu-*]", ", clients: {os: [linux]}"));
    text.append(
        any("", "", "", ", when: 'proxy.port % 2 == 0'", ", when: 'labels[\"x\"] == \"y\"'"));
    return text.append(any("", "", "", ", enforce: false")).append("}\n").toString();
  }

  private String document(int rules) {
    StringBuilder text =
        new StringBuilder("pools: {web: {ports: [500-600], nodes: [eu-1]}}\nrules:\n");
    IntStream.range(0, rules).mapToObj(this::rule).forEach(text::append);
    return text.toString();
  }

  private Facts facts() {
    return new Facts(
        any("NewProxy", "NewProxy", "NewProxy", "NewUserConn", "Login", "Ping"),
        NOW,
        any("alice", "bob", "carol"),
        Set.of(any("staff", "guests", "others"), any("day", "night")),
        random.nextBoolean() ? Map.of() : Map.of("team", any("red", "blue")),
        any("eu-1", "us-1"),
        new Facts.Client("192.0.2.1", "0.70.1", any("linux", "windows"), Map.of()),
        proxy(),
        new Facts.Visitor(any("192.0.2.7", "203.0.113.7", ""), any("DE", "FR", ""), 0));
  }

  private Facts.Proxy proxy() {
    String type = any("tcp", "udp", "http", "https", "stcp");
    boolean takesPort = type.equals("tcp") || type.equals("udp");
    boolean takesHost = type.startsWith("http");
    return new Facts.Proxy(
        any("web", "ssh"),
        type,
        takesPort ? Integer.parseInt(any("0", "80", "550", "551", "2000", "9000")) : 0,
        takesHost
            ? List.of(
                    List.<String>of(),
                    List.of("a.example.com"),
                    List.of("*.example.com"),
                    List.of("a.example.com", "b.example.org"))
                .get(random.nextInt(4))
            : List.of(),
        takesHost ? any("", "alice", "staff-1", "bob") : "",
        "",
        Map.of());
  }

  private static CompiledRules compiled(String text) {
    PolicyCompiler.Result result = PolicyCompiler.compile(text, NOW);
    return result.policy().orElseThrow(() -> new AssertionError(result.findings() + "\n" + text));
  }

  // ---------------------------------------------------------------- what must hold

  @Test
  void judgesAsOneWhoReadsRuleAfterRule() {
    List<Outcome> seen = new ArrayList<>();
    for (int round = 0; round < ROUNDS / 10; round++) {
      CompiledRules policy = compiled(document(random.nextInt(12)));
      for (int i = 0; i < 20; i++) {
        Facts facts = facts();
        Outcome outcome = policy.judge(facts).outcome();
        assertEquals(naive(policy.document().rules(), facts), outcome, facts::toString);
        seen.add(outcome);
      }
    }
    for (Outcome outcome : Outcome.values()) {
      assertTrue(Collections.frequency(seen, outcome) > 100, outcome + " is hardly tried");
    }
  }

  /** The reference: no index, no order, no hurry. */
  private static Outcome naive(List<Rule> rules, Facts facts) {
    List<Facts> units = facts.proxy().units().stream().map(facts::withProxy).toList();
    for (Rule rule : rules) {
      if (rule.enforced() && rule.effect() == Effect.DENY && units.stream().anyMatch(rule::fits)) {
        return Outcome.DENIED;
      }
    }
    List<Rule> allows =
        rules.stream().filter(rule -> rule.enforced() && rule.effect() == Effect.ALLOW).toList();
    return switch (facts.operation()) {
      case "NewProxy" ->
          units.stream().allMatch(unit -> allows.stream().anyMatch(rule -> rule.fits(unit)))
              ? Outcome.ALLOWED
              : Outcome.NOT_ALLOWED;
      case "NewUserConn" ->
          allows.stream().anyMatch(rule -> rule.fits(facts))
              ? Outcome.ALLOWED
              : allows.stream().anyMatch(rule -> rule.ofAnyVisitor().fits(facts))
                  ? Outcome.NOT_ALLOWED
                  : Outcome.OPEN;
      default -> Outcome.OPEN;
    };
  }

  @Test
  void denyAlwaysWins() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      String text = document(6);
      CompiledRules before = compiled(text);
      CompiledRules after = compiled(text + "  - {name: last, deny: {accounts: [alice]}}\n");
      Facts facts = facts();
      Outcome outcome = after.judge(facts).outcome();
      assertEquals(
          facts.account().equals("alice") ? Outcome.DENIED : before.judge(facts).outcome(),
          outcome,
          () -> text + facts);
    }
  }

  @Test
  void orderOfRulesNeverMatters() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      List<String> rules = new ArrayList<>(IntStream.range(0, 8).mapToObj(this::rule).toList());
      String head = "pools: {web: {ports: [500-600], nodes: [eu-1]}}\nrules:\n";
      CompiledRules one = compiled(head + String.join("", rules));
      Collections.shuffle(rules, random);
      CompiledRules other = compiled(head + String.join("", rules));
      for (int i = 0; i < 10; i++) {
        Facts facts = facts();
        assertEquals(one.judge(facts).outcome(), other.judge(facts).outcome(), facts::toString);
      }
    }
  }

  @Test
  void oneMoreAllowNeverRefusesAProxy() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      String text = document(5);
      Facts facts = facts();
      if (facts.operation().equals("NewProxy")
          && compiled(text).judge(facts).outcome() == Outcome.ALLOWED) {
        assertEquals(
            Outcome.ALLOWED,
            compiled(text + "  - {name: more, allow: {everyone: true}}\n").judge(facts).outcome());
      }
    }
  }

  @Test
  void offersJustThePortsThatItWouldAllow() {
    for (int round = 0; round < ROUNDS / 50; round++) {
      CompiledRules policy = compiled(document(6));
      Facts facts = facts();
      Facts any =
          new Facts(
              "NewProxy",
              NOW,
              facts.account(),
              facts.groups(),
              facts.labels(),
              facts.node(),
              facts.client(),
              new Facts.Proxy("web", "tcp", 0, List.of(), "", "", Map.of()),
              facts.visitor());
      Set<Integer> offered = Set.copyOf(policy.ports(any).boxed().toList());
      for (int port : offered) {
        assertEquals(
            Outcome.ALLOWED,
            policy.judge(any.withProxy(any.proxy().withPort(port))).outcome(),
            () -> "port " + port);
      }
    }
  }

  @Test
  void explainsWithTheRuleThatDecided() {
    CompiledRules policy =
        compiled(
            """
            rules:
              - {name: staff, allow: {groups: [staff]}, proxies: {types: [tcp], ports: [1-9999]}}
              - {name: night, deny: {everyone: true}, hours: {at: ["22:00-06:00"]}}
              - {name: low, deny: {everyone: true}, proxies: {ports: [1-1023]}}
            """);
    Facts facts =
        new Facts(
            "NewProxy",
            NOW,
            "alice",
            Set.of("staff"),
            Map.of(),
            "eu-1",
            Facts.Client.UNKNOWN,
            new Facts.Proxy("ssh", "tcp", 22, List.of(), "", "", Map.of()),
            Facts.Visitor.NONE);
    Verdict.Explanation explanation = policy.explain(facts);
    assertEquals(Outcome.DENIED, explanation.verdict().outcome());
    assertEquals("low", explanation.verdict().rule().orElseThrow().name());
    assertEquals(
        List.of("staff fits", "night: hours", "low fits"),
        explanation.looks().stream()
            .map(look -> look.rule().name() + look.misfit().map(m -> ": " + m).orElse(" fits"))
            .toList());
  }
}
