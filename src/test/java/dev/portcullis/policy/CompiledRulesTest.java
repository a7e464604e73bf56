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
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold of every document: tried on thousands made by chance. */
class CompiledRulesTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");
  private static final int ROUNDS = 3_000;
  private final Random random = new Random(20261125);

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
                "{accounts: [al*, bob]}",
                "{accounts: ['*o*', '${node}*']}",
                "{groups: [staff, guests]}",
                "{groups: [staff], accounts: [alice, bob]}",
                "{labels: {team: red}}",
                "{labels: {team: 'r*', site: berlin}}"));
    text.append(
        any(
            "",
            "",
            ", proxies: {types: [tcp]}",
            ", proxies: {types: [http, tcp]}",
            ", proxies: {ports: [1-1000, 2000]}",
            ", proxies: {ports: [80, 551, 9000]}",
            ", proxies: {pools: [web]}",
            ", proxies: {pools: [web], domains: ['*ample.com']}",
            ", proxies: {domains: ['*.example.com']}",
            ", proxies: {domains: ['${account}.example.com', '*']}",
            ", proxies: {domains: ['a.*', B.Example.ORG]}",
            ", proxies: {domains: [a.example.com], subdomains: ['${account}*']}",
            ", proxies: {subdomains: ['${group}-*'], types: [http]}",
            ", proxies: {subdomains: ['Al*', bob], ports: [550]}",
            ", proxies: {names: [w*]}",
            ", proxies: {names: [ssh, '${account}']}",
            ", visitors: {addresses: [192.0.2.0/24]}",
            ", visitors: {addresses: [192.0.0.0/8, '2001:db8::/33']}",
            ", visitors: {addresses: [203.0.113.7, '2001:db8:1::/48']}",
            ", visitors: {addresses: ['::/0']}",
            ", visitors: {countries: [DE]}, proxies: {types: [tcp]}",
            ", operations: [NewProxy, NewUserConn, Ping], proxies: {ports: [1-70, 550]}"));
    text.append(any("", "", "", ", nodes: [eu-*]", ", nodes: [us-1]"));
    text.append(
        any("", "", "", ", clients: {os: [linux]}", ", clients: {addresses: [192.0.2.1, '::1']}"));
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
        random.nextBoolean() ? Map.of() : Map.of("team", any("red", "blue"), "site", "berlin"),
        any("eu-1", "us-1"),
        new Facts.Client(
            any("192.0.2.1", "192.0.2.2", "::1", ""), "0.70.1", any("linux", "windows"), Map.of()),
        proxy(),
        new Facts.Visitor(
            any("192.0.2.7", "203.0.113.7", "2001:db8:1::7", "2001:db8:8000::7", "::7", ""),
            any("DE", "FR", ""),
            0));
  }

  private Facts.Proxy proxy() {
    String type = any("tcp", "udp", "http", "https", "stcp");
    boolean takesPort = type.equals("tcp") || type.equals("udp");
    boolean takesHost = type.startsWith("http");
    return new Facts.Proxy(
        any("web", "ssh", "alice"),
        type,
        takesPort ? Integer.parseInt(any("0", "80", "550", "551", "2000", "9000")) : 0,
        takesHost
            ? List.of(
                    List.<String>of(),
                    List.of("a.example.com"),
                    List.of("*.example.com"),
                    List.of("*.com"),
                    List.of("Alice.Example.com"),
                    List.of("sample.com"),
                    List.of("com"),
                    List.of("a.example.com", "b.example.org"))
                .get(random.nextInt(8))
            : List.of(),
        takesHost ? any("", "alice", "AL", "staff-1", "bob") : "",
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
      // of many rules, and of few: then another facet of each finds it
      CompiledRules policy = compiled(document(random.nextInt(round % 10 == 0 ? 150 : 12)));
      for (int i = 0; i < 30; i++) {
        Facts facts = facts();
        Verdict verdict = policy.judge(facts);
        assertEquals(naive(policy.document().rules(), facts), verdict, facts::toString);
        seen.add(verdict.outcome());
      }
    }
    for (Outcome outcome : Outcome.values()) {
      assertTrue(Collections.frequency(seen, outcome) > 100, outcome + " is hardly tried");
    }
  }

  /** The reference: no index, no hurry. */
  private static Verdict naive(List<Rule> rules, Facts facts) {
    List<Facts> units = facts.proxy().units().stream().map(facts::withProxy).toList();
    Optional<Rule> wouldDeny =
        rules.stream()
            .filter(rule -> !rule.enforced() && rule.effect() == Effect.DENY)
            .filter(rule -> units.stream().anyMatch(rule::fits))
            .findFirst();
    for (Rule rule : rules) {
      if (rule.enforced() && rule.effect() == Effect.DENY && units.stream().anyMatch(rule::fits)) {
        return new Verdict(Outcome.DENIED, Optional.of(rule), wouldDeny);
      }
    }
    List<Rule> allows =
        rules.stream().filter(rule -> rule.enforced() && rule.effect() == Effect.ALLOW).toList();
    List<Optional<Rule>> allowed =
        units.stream()
            .map(unit -> allows.stream().filter(rule -> rule.fits(unit)).findFirst())
            .toList();
    Outcome outcome =
        switch (facts.operation()) {
          case "NewProxy" ->
              allowed.stream().allMatch(Optional::isPresent)
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
    return new Verdict(
        outcome, outcome == Outcome.ALLOWED ? allowed.get(0) : Optional.empty(), wouldDeny);
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
      List<Integer> offered = policy.ports(any).boxed().toList();
      assertEquals(
          IntStream.range(1, 2_100)
              .filter(
                  port ->
                      naive(policy.document().rules(), any.withProxy(any.proxy().withPort(port)))
                              .outcome()
                          == Outcome.ALLOWED)
              .filter(port -> isNamed(policy, any, port))
              .boxed()
              .toList(),
          offered.stream().filter(port -> port < 2_100).toList());
    }
  }

  /** A rule that allows all ports without naming any offers none. */
  private static boolean isNamed(CompiledRules policy, Facts facts, int port) {
    return policy.document().rules().stream()
        .filter(rule -> rule.enforced() && rule.effect() == Effect.ALLOW)
        .filter(rule -> rule.misfit(facts) == null || "when".equals(rule.misfit(facts)))
        .anyMatch(rule -> rule.proxies() != null && rule.proxies().portsOn(facts).contains(port));
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
