package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {
  private static final OffsetDateTime NOW = ByChance.NOW;
  private static final int ROUNDS = 1_000;

  /** Of a warning about a rule: its name, and what it is warned of. */
  private static final Pattern FORM =
      Pattern.compile("'(r\\d+)' (never counts|never allows anything|changes nothing): .*");

  private static List<Finding> warnings(String text) {
    PolicyCompiler.Result result = PolicyCompiler.compile(text, NOW);
    assertTrue(result.policy().isPresent(), () -> result.findings() + "\n" + text);
    return result.findings();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow: {groups: [a]}, from: 2026-12-02, until: 2026-12-01 | never counts: it ends before it begins; exchange from and until",
        "allow: {groups: [a]}, until: 2026-11-24 | never counts: it is over; give it a later until, or take it out",
        "allow: {groups: [a]}, visitors: {}, until: 2026-11-24 | never allows anything: it is over; give it a later until, or take it out",
        "allow: {groups: [a]}, operations: [Login, Ping] | never counts: Login, Ping needs no rule that allows it",
        "deny: {groups: [a]}, operations: [Ping], visitors: {addresses: ['::/0']} | never counts: visitors come with NewUserConn alone",
        "deny: {groups: [a]}, operations: [Login], proxies: {types: [tcp]} | never counts: Login is about no proxy",
        "deny: {groups: [a]}, operations: [CloseProxy], proxies: {ports: [80]} | never counts: ports and domains are known of NewProxy alone",
        "allow: {groups: [a]}, proxies: {types: [http], ports: [80]} | never counts: no proxy of type http takes what it names",
        "allow: {groups: [a]}, proxies: {types: [stcp, tcp], domains: [a.example.com]} | never counts: no proxy of type stcp, tcp takes",
        "allow: {groups: [a]}, nodes: [us-1], proxies: {pools: [eu]} | never counts: its pools are not on its nodes",
        "allow: {groups: [a]}, clients: {versions: ['>=0.60 <0.58']} | never counts: no version is within its bounds",
        "allow: {groups: [a]}, clients: {versions: ['>0.60 <=0.60.0']} | never counts: no version is within its bounds",
        "allow: {groups: [out]}, proxies: {ports: [7000]} | never allows anything: 'deny' (line 4) denies all of it; narrow that one, or take this one out",
        "allow: {groups: [out], accounts: [x]}, operations: [NewUserConn] | never allows anything: 'deny' (line 4) denies all of it; narrow that one",
        "allow: {everyone: true}, proxies: {ports: [50, '20-30']} | never allows anything: 'low' (line 5) denies all of it",
        "allow: {groups: [a]}, proxies: {ports: [80], pools: [low]} | never allows anything: 'low' (line 5)",
        "allow: {groups: [a]}, proxies: {domains: [x.y.example.com, '*.Z.example.com']} | never allows anything: 'hosts' (line 6)",
        "allow: {accounts: [ab-1]}, proxies: {types: [udp]} | changes nothing: 'wide' (line 7) allows all of it; take one of them out, or narrow that one",
        "allow: {accounts: ['ab-*-*', ab-x]}, nodes: [eu-1], until: 2027-01-01 | changes nothing: 'wide' (line 7) allows all of it",
        "deny: {accounts: [z]}, clients: {addresses: [192.0.2.7, 192.0.2.128/25]} | changes nothing: 'office' (line 8) denies all of it",
        "deny: {everyone: true}, proxies: {ports: [1023]}, reason: No. | changes nothing: 'low' (line 5) denies all of it",
      })
  void warnsOfARuleThatSaysNothing(String rule, String warning) {
    List<Finding> findings = warnings(around(rule));
    assertEquals(1, findings.size(), findings::toString);
    assertEquals(9, findings.get(0).line());
    assertEquals(5, findings.get(0).column());
    assertTrue(findings.get(0).message().startsWith("'rule' " + warning), findings.get(0)::message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow: {groups: [a]}, from: 2026-12-01, until: 2026-12-01",
        "allow: {groups: [a]}, until: 2026-11-25",
        "allow: {groups: [out, a]}",
        "allow: {labels: {team: out}}",
        "allow: {groups: [a]}, proxies: {ports: ['1000-1024']}",
        "allow: {groups: [a]}, proxies: {ports: [80], domains: [example.org]}",
        "allow: {groups: [a]}, proxies: {domains: ['*.com']}",
        "allow: {groups: [a]}, proxies: {types: [tcp, http], ports: [8000]}",
        "allow: {groups: [a]}, nodes: [eu-2, us-1], proxies: {pools: [eu]}",
        "allow: {groups: [a]}, nodes: ['us-*'], proxies: {pools: [eu]}",
        "allow: {groups: [a]}, clients: {versions: ['>=0.60 <=0.60.0']}",
        "allow: {groups: [a]}, clients: {versions: ['>=0.60 <0.60.0.1']}",
        "allow: {accounts: ['a*']}, proxies: {types: [udp]}",
        "deny: {accounts: [ab-1]}, proxies: {types: [udp]}",
        "deny: {accounts: [z]}, clients: {addresses: [192.0.2.0/23]}",
        "deny: {accounts: [z]}, clients: {addresses: [192.0.2.7]}, enforce: false",
      })
  void isSilentAboutARuleThatSaysSomething(String rule) {
    assertEquals(List.of(), warnings(around(rule)));
  }

  private static String around(String rule) {
    return """
    pools: {eu: {ports: [20000-20999], nodes: ["eu-*"]}, low: {ports: [600-700]}}

    rules:
      - {name: deny, deny: {groups: [out]}}
      - {name: low, deny: {everyone: true}, proxies: {ports: [1-1023]}}
      - {name: hosts, deny: {everyone: true}, proxies: {domains: ["*.example.com"]}}
      - {name: wide, allow: {accounts: ["ab-*"]}}
      - {name: office, deny: {everyone: true}, clients: {addresses: [192.0.2.0/25, 192.0.2.128/25]}}
      - {name: rule, RULE}
    """
        .replace("RULE", rule);
  }

  @Test
  void warnsOfPoolsThatShareAPortOnANode() {
    assertEquals(
        List.of(
            "3:8 warning: The pool 'two' has ports of the pool 'one' (line 2) on the same nodes; give each port to one of them"),
        warnings(
                """
                pools:
                  one: {ports: [1000-2000], nodes: [eu-1]}
                  two: {ports: [2000-3000], nodes: ["eu-*"]}
                  three: {ports: [1000-3000], nodes: [us-1]}
                  four: {ports: [3001]}
                """)
            .stream()
            .map(Finding::toString)
            .toList());
  }

  /** No false alarm: tried on documents by chance. */
  @Test
  void warnsOfNoRuleThatEverDecides() {
    ByChance chance = new ByChance(4);
    Map<String, Integer> seen = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      String text = chance.document(3 + chance.below(15));
      PolicyCompiler.Result result = PolicyCompiler.compile(text, NOW);
      List<Rule> rules = result.policy().orElseThrow().document().rules();
      for (Finding finding : result.findings()) {
        Matcher form = FORM.matcher(finding.message());
        assertTrue(form.matches(), finding::message);
        seen.merge(form.group(2), 1, Integer::sum);
        for (int i = 0; i < 40; i++) {
          Facts facts = asked(chance.facts());
          assertHarmless(rules, form.group(1), form.group(2), facts, finding + "\n" + text + facts);
        }
      }
    }
    for (String kind : List.of("never counts", "never allows anything", "changes nothing")) {
      assertTrue(seen.getOrDefault(kind, 0) > 100, kind + " is hardly tried: " + seen);
    }
  }

  private static void assertHarmless(
      List<Rule> rules, String name, String kind, Facts facts, String context) {
    Verdict verdict = CompiledRulesTest.naive(rules, facts);
    if (!kind.equals("changes nothing")) {
      assertNotEquals(Optional.of(name), verdict.rule().map(Rule::name), context);
    }
    List<Rule> without = rules.stream().filter(rule -> !rule.name().equals(name)).toList();
    // one that allows visitors says that others may not come, even where it allows none itself
    if (!kind.equals("never allows anything")) {
      assertEquals(verdict.outcome(), CompiledRulesTest.naive(without, facts).outcome(), context);
    }
  }

  /**
   * As frps asks: of visitors at NewUserConn alone, and any port is one of those that are offered.
   */
  private static Facts asked(Facts facts) {
    Facts.Proxy proxy = facts.proxy();
    boolean isOfProxy = Set.of("NewProxy", "NewUserConn").contains(facts.operation());
    boolean isNewProxy = facts.operation().equals("NewProxy");
    return new Facts(
        facts.operation(),
        facts.at(),
        facts.account(),
        facts.groups(),
        facts.labels(),
        facts.node(),
        facts.client(),
        !isOfProxy
            ? Facts.Proxy.NONE
            : isNewProxy
                ? proxy.takesPort() && proxy.port() == 0 ? proxy.withPort(550) : proxy
                : new Facts.Proxy(proxy.name(), proxy.type(), 0, List.of(), "", "", Map.of()),
        facts.operation().equals("NewUserConn") ? facts.visitor() : Facts.Visitor.NONE);
  }
}
