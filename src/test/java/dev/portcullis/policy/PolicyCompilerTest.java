package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCompilerTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

  private static List<String> findings(String text) {
    return PolicyCompiler.compile(text, NOW).findings().stream().map(Finding::toString).toList();
  }

  @Test
  void runsTheTestsOfADocument() {
    String text =
        """
        pools:
          web: {ports: [20000-20999], nodes: [eu-*]}
        rules:
          - name: staff publish web apps under their own name
            allow: {groups: [staff]}
            proxies: {types: [http, https], subdomains: ["${account}", "${account}-*"]}
          - name: staff take ports of the pool
            allow: {groups: [staff]}
            proxies: {types: [tcp], pools: [web]}
          - name: no low ports
            deny: {everyone: true}
            proxies: {ports: ["1-1023"]}
          - name: only from the office
            allow: {groups: [staff]}
            proxies: {names: [ssh]}
            visitors: {addresses: [192.0.2.0/24]}
        tests:
          - {account: alice, groups: [staff], proxy: {type: tcp, port: 22}, expect: reject, rule: no low ports}
          - {account: alice, groups: [staff], proxy: {type: http, subdomain: alice-web}, expect: allow}
          - {account: alice, groups: [staff], proxy: {type: http, subdomain: bob}, expect: reject}
          - {account: alice, groups: [staff], node: eu-1, proxy: {type: tcp, port: 20001}, expect: allow}
          - {account: alice, groups: [staff], node: eu-1, proxy: {type: tcp}, expect: allow}
          - {account: alice, groups: [staff], node: us-1, proxy: {type: tcp}, expect: reject}
          - {account: bob, proxy: {type: http, subdomain: bob}, expect: reject}
          - {account: alice, groups: [staff], proxy: {name: ssh}, visitor: {address: 192.0.2.9}, expect: allow}
          - {account: alice, groups: [staff], proxy: {name: ssh}, visitor: {address: 198.51.100.9}, expect: reject}
          - {account: alice, groups: [staff], proxy: {name: web}, visitor: {address: 198.51.100.9}, expect: allow}
          - {account: bob, expect: allow}
        """;
    assertEquals(List.of(), findings(text));
  }

  @Test
  void refusesADocumentWhoseTestsFail() {
    String text =
        """
        rules: []
        tests:
          - {account: alice, proxy: {type: tcp, port: 22}, expect: allow}
          - {account: alice, expect: reject}
        """;
    assertEquals(
        List.of(
            "3:5 error: This test fails: NewProxy of 'alice' is rejected, since no rule allows it, not allowed",
            "4:5 error: This test fails: Login of 'alice' is allowed, not rejected"),
        findings(text));
    assertTrue(PolicyCompiler.compile(text, NOW).policy().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | The document is empty",
        "rules: [ | This is no YAML",
        "- 1 | Write members here: description, sets, pools, reservations, rules",
        "rule: [] | There is no 'rule' here; do you mean 'rules'?",
        "rules: [{allow: {everyone: true}}] | 1:9 error: A rule needs a name",
        "rules: [{name: a}] | A rule either allows or denies",
        "rules: [{name: a, deny: {}}] | Say whom it is for",
        "rules: [{name: a, deny: {everyone: yes}}] | 1:36 error: Write true or false here",
        "rules: [{name: a, deny: {group: x}}] | There is no 'group' here; do you mean 'groups'?",
        "rules: [{name: a, deny: {everyone: true}, proxies: {ports: [0]}}] | '0' is no range of ports",
        "rules: [{name: a, deny: {everyone: true}, proxies: {types: [tpc]}}] | There is no 'tpc'; there are",
        "rules: [{name: a, deny: {everyone: true}, proxies: {pools: [x]}}] | There is no 'x' in pools; there are none",
        "rules: [{name: a, deny: {everyone: true}, proxies: {domains: ['${user}']}}] | has a variable that there is not",
        "rules: [{name: a, deny: {everyone: true}, clients: {addresses: [192.0.2.1/24]}}] | write 192.0.2.0/24",
        "rules: [{name: a, deny: {everyone: true}, clients: {metas: {token: x}}}] | Secrets of clients are no condition",
        "rules: [{name: a, deny: {everyone: true}, hours: {at: [8-18]}}] | is no span of hours",
        "rules: [{name: a, deny: {everyone: true}, hours: {zone: Berlin}}] | is no time zone",
        "rules: [{name: a, deny: {everyone: true}, until: tomorrow}] | is no moment",
        "rules: [{name: a, deny: {everyone: true}, when: port > 1}] | There is no 'port'; there are account, client.address",
        "rules: [{name: a, deny: {everyone: true}, name: b}] | 'name' is here twice",
        "reservations: [{name: a, ports: [80]}] | A reservation needs ports and for whom they are",
        "reservations: [{name: a, for: {groups: [x]}}] | 1:16 error: A reservation needs ports",
        "reservations: [{ports: [80], for: {groups: [x]}}] | A rule needs a name",
        "reservations: [{name: a, ports: [80], for: {}}] | Say whom it is for",
        "reservations: [{name: a, ports: [80], for: {everyone: true}}] | for everyone are not reserved",
        "reservations: [{name: a, ports: [0], for: {groups: [x]}}] | 1:34 error: '0' is no range",
        "tests: [{account: a}] | A test needs what to expect",
        "a: &a [*a] | There is no 'a' here",
      })
  void saysWhereAndWhatIsWrong(String text, String finding) {
    List<String> findings = findings(text);
    assertTrue(findings.stream().anyMatch(found -> found.contains(finding)), findings::toString);
    assertTrue(PolicyCompiler.compile(text, NOW).policy().isEmpty());
  }

  @Test
  void findsAllMistakesAtOnceInTheOrderOfTheText() {
    String text =
        """
        rules:
          - name: a
            deny: {everyone: true}
            proxies: {ports: [99999]}
          - name: a
            allow: {nobody: true}
        """;
    assertEquals(
        List.of("4:23", "5:11", "6:13", "6:12").stream().sorted().toList(),
        findings(text).stream().map(found -> found.split(" ", 2)[0]).sorted().toList());
  }

  @Test
  void refusesAReservationThatIsCalledAsARule() {
    assertEquals(
        List.of("4:12 error: There is a rule 'a' already; give this one another name"),
        findings(
            """
            rules:
              - {name: a, deny: {groups: [x]}}
            reservations:
              - {name: a, ports: [80], for: {groups: [x]}}
            """));
  }

  @Test
  void warnsOfPortsThatTwoPoolsOrReservationsHaveOnOneNode() {
    String text =
        """
        pools:
          one: {ports: [1000-2000], nodes: [eu-*]}
          two: {ports: [2000-3000], nodes: [us-1, "*-1"]}
          far: {ports: [1000-3000], nodes: [us-2]}
        reservations:
          - {name: a, ports: [80], for: {groups: [x]}, nodes: [eu-*]}
          - {name: b, ports: [80-81], for: {groups: [y]}, nodes: [us-*]}
          - {name: c, ports: [80], for: {groups: [z]}, nodes: ["*-1"]}
        """;
    assertEquals(
        List.of(
            "3:8 warning: The pool 'two' has ports of the pool 'one' (line 2) on the same nodes; give each port to one of them",
            "8:5 warning: 'c' and 'a' (line 6) reserve a port twice: only who may by both gets it",
            "8:5 warning: 'c' and 'b' (line 7) reserve a port twice: only who may by both gets it"),
        findings(text));
  }

  @Test
  void doesNotTakeAReservationForADenyOfAll() {
    assertEquals(
        List.of(),
        findings(
            """
            rules:
              - {name: dba, allow: {groups: [dba]}, proxies: {types: [tcp], ports: [5432]}}
            reservations:
              - {name: databases, ports: [5000-6000], for: {groups: [dba]}}
            """));
  }
}
