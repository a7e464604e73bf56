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
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every document: tried on thousands made by chance. */
class CompiledRulesTest {
  private static final OffsetDateTime NOW = ByChance.NOW;
  private static final int ROUNDS = 3_000;
  private final ByChance chance = new ByChance(20261125);

  @Test
  void givesReservedPortsToNobodyElseHoweverAskedFor() {
    for (int round = 0; round < ROUNDS; round++) {
      int first = 1000 + chance.below(20);
      int last = first + chance.below(5);
      boolean onThisNode = (chance.below(2) == 0);
      boolean insider = (chance.below(2) == 0);
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
      Facts any = opening("web", 0, insider ? Set.of("dba") : Set.of("staff"));
      List<Integer> expected =
          IntStream.rangeClosed(1000, 1024)
              .filter(port -> insider || !onThisNode || port < first || port > last)
              .boxed()
              .toList();
      assertEquals(expected, policy.ports(any).boxed().toList());
      int port = 1000 + chance.below(25);
      Verdict verdict = policy.judge(any.withProxy(any.proxy().withPort(port)));
      assertEquals(expected.contains(port) ? Outcome.ALLOWED : Outcome.DENIED, verdict.outcome());
    }
  }

  private static CompiledRules compiled(String text) {
    PolicyCompiler.Result result = PolicyCompiler.compile(text, NOW);
    return result.policy().orElseThrow(() -> new AssertionError(result.findings() + "\n" + text));
  }

  @Test
  void judgesAsOneWhoReadsRuleAfterRule() {
    List<Outcome> seen = new ArrayList<>();
    for (int round = 0; round < ROUNDS / 10; round++) {
      // of many rules, and of few: then another facet of each finds it
      CompiledRules policy = compiled(chance.document(chance.below(round % 10 == 0 ? 150 : 12)));
      for (int i = 0; i < 30; i++) {
        Facts facts = chance.facts();
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
  static Verdict naive(List<Rule> rules, Facts facts) {
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
                  : allows.stream().anyMatch(rule -> isAboutProxy(rule, facts))
                      ? Outcome.NOT_ALLOWED
                      : Outcome.OPEN;
          default -> Outcome.OPEN;
        };
    return new Verdict(
        outcome, outcome == Outcome.ALLOWED ? allowed.get(0) : Optional.empty(), wouldDeny);
  }

  /** Whether a rule says who may visit this proxy, whoever it is and whenever. */
  private static boolean isAboutProxy(Rule rule, Facts facts) {
    return rule.operations().contains(facts.operation())
        && rule.who().fits(facts)
        && (rule.nodes().isEmpty() || Fit.any(rule.nodes(), facts.node(), facts.names()))
        && (rule.proxies() == null || rule.proxies().fits(facts, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hours: {at: ['13:00-18:00']}",
        "from: 2026-12-01",
        "until: 2026-11-01",
        "clients: {os: [linux]}",
        "when: 'now > timestamp(\"2027-01-01T00:00:00Z\")'",
        "when: 'visitor . country == \"DE\"'",
      })
  void opensToNobodyElseWhatARuleLetsSomeVisitAtTimes(String condition) {
    CompiledRules policy =
        compiled(
            """
            rules:
              - {name: db, allow: {everyone: true}, proxies: {names: [db]}, visitors: {addresses: [192.0.2.0/24]}, %s}
            """
                .formatted(condition));
    for (String address : List.of("192.0.2.1", "198.51.100.1", "")) {
      assertEquals(Outcome.NOT_ALLOWED, policy.judge(visit("db", address)).outcome(), address);
      assertEquals(Outcome.OPEN, policy.judge(visit("web", address)).outcome(), address);
    }
  }

  private static Facts opening(String proxy, int port, Set<String> groups) {
    return ofAlice("NewProxy", groups, proxy, port, Facts.Visitor.NONE);
  }

  private static Facts visit(String proxy, String address) {
    return ofAlice("NewUserConn", Set.of(), proxy, 0, new Facts.Visitor(address, "", 0));
  }

  private static Facts ofAlice(
      String operation, Set<String> groups, String proxy, int port, Facts.Visitor visitor) {
    return new Facts(
        operation,
        NOW,
        "alice",
        groups,
        Map.of(),
        "eu-1",
        Facts.Client.UNKNOWN,
        new Facts.Proxy(proxy, "tcp", port, List.of(), "", "", Map.of()),
        visitor);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "visitors: {addresses: [203.0.113.0/24]}, deny, DENIED",
        "visitors: {addresses: [203.0.113.0/24]}, allow, NOT_ALLOWED",
        "clients: {addresses: [203.0.113.0/24]}, deny, DENIED",
        "clients: {addresses: [203.0.113.0/24]}, allow, NOT_ALLOWED",
        "when: 'visitor.address.startsWith(\"203.0.113.\")', deny, DENIED",
        "when: 'client.address.startsWith(\"203.0.113.\")', deny, DENIED",
        "when: 'visitor.address != \"203.0.113.1\"', allow, NOT_ALLOWED",
      })
  void doesNotLetInWhoseAddressNobodyKnows(String condition, String effect, Outcome outcome) {
    CompiledRules policy =
        compiled(
            """
            rules:
              - {name: a, %s: {everyone: true}, %s, operations: [NewUserConn]}
            """
                .formatted(effect, condition));
    assertEquals(outcome, policy.judge(visit("db", "")).outcome());
  }

  @Test
  void knowsThatNobodyVisitsWhereAProxyIsOpened() {
    CompiledRules policy =
        compiled(
            """
            rules:
              - {name: all, allow: {everyone: true}}
              - {name: bad, deny: {everyone: true}, when: 'visitor.address == "203.0.113.1"'}
            """);
    Facts opens = opening("ssh", 6000, Set.of());
    assertEquals(Outcome.ALLOWED, policy.judge(opens).outcome());
  }

  @Test
  void denyAlwaysWins() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      String text = chance.document(6);
      CompiledRules before = compiled(text);
      CompiledRules after = compiled(text + "  - {name: last, deny: {accounts: [alice]}}\n");
      Facts facts = chance.facts();
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
      List<String> rules = new ArrayList<>(IntStream.range(0, 8).mapToObj(chance::rule).toList());
      String head = "pools: {web: {ports: [500-600], nodes: [eu-1]}}\nrules:\n";
      CompiledRules one = compiled(head + String.join("", rules));
      chance.shuffle(rules);
      CompiledRules other = compiled(head + String.join("", rules));
      for (int i = 0; i < 10; i++) {
        Facts facts = chance.facts();
        assertEquals(one.judge(facts).outcome(), other.judge(facts).outcome(), facts::toString);
      }
    }
  }

  @Test
  void oneMoreAllowNeverRefusesAProxy() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      String text = chance.document(5);
      Facts facts = chance.facts();
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
      CompiledRules policy = compiled(chance.document(6));
      Facts facts = chance.facts();
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
    Facts facts = opening("ssh", 22, Set.of("staff"));
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
