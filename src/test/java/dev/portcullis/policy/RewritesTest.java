package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritesTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

  private static List<String> findings(String text) {
    return PolicyCompiler.compile(text, NOW).findings().stream().map(Finding::toString).toList();
  }

  private static Facts facts(Facts.Proxy proxy, String... groups) {
    return new Facts(
        "NewProxy",
        NOW,
        "alice",
        Set.of(groups),
        Map.of("team", "red"),
        "eu-1",
        Facts.Client.UNKNOWN,
        proxy,
        Facts.Visitor.NONE);
  }

  private static Facts.Proxy tcp(int port) {
    return new Facts.Proxy("ssh", "tcp", port, List.of(), "", "", Map.of());
  }

  private static Facts.Proxy http(String... domains) {
    return new Facts.Proxy("web", "http", 0, List.of(domains), "", "", Map.of("m", "n"));
  }

  private static Map<String, String> set(String text, Facts facts) {
    Map<String, String> shown = new TreeMap<>();
    PolicyCompiler.compile(text, NOW)
        .policy()
        .orElseThrow(() -> new AssertionError(findings(text)))
        .rewriting(facts, "run")
        .settings()
        .forEach(setting -> shown.put(setting.place(), setting.shown()));
    return shown;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for: {everyone: true}|true",
        "for: {accounts: [al*]}|true",
        "for: {accounts: [bob]}|false",
        "for: {groups: [staff]}|true",
        "for: {groups: [guests]}|false",
        "for: {labels: {team: red}}|true",
        "for: {everyone: true}, nodes: [eu-*]|true",
        "for: {everyone: true}, nodes: [us-*]|false",
        "for: {everyone: true}, proxies: {types: [http]}|true",
        "for: {everyone: true}, proxies: {types: [tcp]}|false",
        "for: {everyone: true}, proxies: {names: ['w*']}|true",
        "for: {everyone: true}, proxies: {metas: {m: n}}|true",
        "for: {everyone: true}, proxies: {domains: [b.example.com]}|true",
        "for: {everyone: true}, proxies: {domains: [c.example.com]}|false"
      })
  void fitsAsRulesDo(String entry, boolean fits) {
    assertEquals(
        fits ? Map.of("metas.k", "v") : Map.of(),
        set(
            "rewrites: [{name: r, " + entry + ", set: {metas: {k: v}}}]",
            facts(http("a.example.com", "b.example.com"), "staff")));
  }

  @Test
  void nobodyAsksForMoreToGetOutOfIt() {
    String ports =
        "rewrites: [{name: r, for: {everyone: true}, proxies: {ports: [6000-6009]}, set: {bandwidth: 1MB}}]";
    assertEquals(Map.of("bandwidth", "1MB"), set(ports, facts(tcp(6005))));
    assertEquals(Map.of("bandwidth", "1MB"), set(ports, facts(tcp(0))));
    assertEquals(Map.of(), set(ports, facts(tcp(7000))));
    String domain =
        "rewrites: [{name: r, for: {everyone: true}, proxies: {domains: [a.example.com]}, set: {bandwidth: 1MB}}]";
    assertEquals(Map.of("bandwidth", "1MB"), set(domain, facts(http("*.example.com"))));
  }

  @Test
  void isAboutNewProxiesOnly() {
    Facts facts = facts(tcp(1));
    assertEquals(
        Map.of(),
        set(
            "rewrites: [{name: r, for: {everyone: true}, set: {bandwidth: 1MB}}]",
            new Facts(
                "NewUserConn",
                NOW,
                "alice",
                Set.of(),
                Map.of(),
                "",
                facts.client(),
                facts.proxy(),
                facts.visitor())));
  }

  @Test
  void putsTogetherWhatSeveralSet() {
    assertEquals(
        Map.of("bandwidth", "500KB", "headers.X-A", "1", "headers.X-B", "2", "metas.g", "staff"),
        set(
            """
            rewrites:
              - {name: a, for: {everyone: true}, set: {bandwidth: 2MB, headers: {X-A: 1}}}
              - {name: b, for: {groups: [staff, aux]}, set: {bandwidth: 500KB, headers: {X-B: 2}, metas: {g: "${group}"}}}
              - {name: c, for: {everyone: true}, set: {bandwidth: 1MB, headers: {X-A: 1}}}
            """,
            facts(http(), "staff", "others")));
  }

  @Test
  void orderSaysNothingWhereNoTwoSetTheSameOtherwise() {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      entries.add(
          "{name: r%d, for: {groups: [g%d, all]}, set: {bandwidth: %dKB, metas: {m%d: x}, headers: {H: same}}}"
              .formatted(i, i, 100 + i, i));
    }
    Facts facts = facts(http(), "all");
    Map<String, String> expected = set("rewrites: [" + String.join(",", entries) + "]", facts);
    assertEquals("100KB", expected.get("bandwidth"));
    Random random = new Random(4);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(entries, random);
      assertEquals(expected, set("rewrites: [" + String.join(",", entries) + "]", facts));
    }
  }

  @Test
  void refusesTwoThatSetTheSameOtherwiseForProxiesThatAreWrittenAlike() {
    String text =
        """
        rewrites:
          - {name: a, for: {everyone: true}, proxies: {types: [tcp], ports: [1, 2]}, set: {metas: {m: x}}}
          - {name: b, for: {everyone: true}, proxies: {types: [tcp], ports: ["%s"]}, set: {metas: {m: y}}}
        """;
    String sure =
        "3:1 error: 'b' and 'a' (line 2) set metas.m to different values for the same proxies; leave one out";
    assertEquals(List.of(sure), findings(text.formatted("1-2")));
    assertEquals(1, findings(text.formatted("2-3")).size());
    assertTrue(findings(text.formatted("2-3")).get(0).contains("warning"));
  }

  @Test
  void takesTheFirstWhereTwoSetTheSameOtherwiseAndHasWarned() {
    String text =
        """
        rewrites:
          - {name: a, for: {groups: [staff]}, set: {headers: {X-Tier: gold}}}
          - {name: b, for: {groups: [guests]}, set: {headers: {x-tier: silver}}}
        """;
    assertEquals(
        List.of(
            "3:1 warning: 'b' and 'a' (line 2) set headers.x-tier to different values; where both fit, the one that stands first counts"),
        findings(text));
    assertEquals(Map.of("headers.X-Tier", "gold"), set(text, facts(http(), "guests", "staff")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for: {everyone: true} | for: {groups: [staff]} | error",
        "for: {groups: [staff]} | for: {groups: [staff]} | error",
        "for: {groups: [staff]} | for: {groups: [staff]}, proxies: {types: [tcp]} | error",
        "for: {groups: [staff]}, nodes: [a] | for: {groups: [staff]}, nodes: [b] | ''",
        "for: {accounts: [a]} | for: {accounts: [b]} | ''",
        "for: {accounts: [a]} | for: {accounts: ['b*']} | warning",
        "for: {everyone: true}, proxies: {types: [tcp]} | for: {everyone: true}, proxies: {types: [udp]} | ''",
        "for: {everyone: true}, proxies: {names: [a]} | for: {everyone: true}, proxies: {names: [b]} | ''",
        "for: {everyone: true}, proxies: {names: [a]} | for: {everyone: true}, proxies: {names: ['*']} | warning"
      })
  void refusesTwoThatContradictEachOtherForSure(String one, String other, String level) {
    List<String> findings =
        findings(
            "rewrites: [{name: a, %s, set: {metas: {k: 1}}}, {name: b, %s, set: {metas: {k: 2}}}]"
                .formatted(one, other));
    assertEquals(level.isEmpty() ? 0 : 1, findings.size(), findings::toString);
    assertTrue(level.isEmpty() || findings.get(0).contains(level + ": 'b' and 'a'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{for: {everyone: true}, set: {bandwidth: 1MB}} | A rewrite needs a name",
        "{name: a, set: {bandwidth: 1MB}} | A rewrite is for somebody and sets something",
        "{name: a, for: {everyone: true}} | A rewrite is for somebody and sets something",
        "{name: a, for: {everyone: true}, set: {}} | Say what to set",
        "{name: a, for: {everyone: true}, set: {bandwith: 1MB}} | There is no 'bandwith' here",
        "{name: a, for: {everyone: true}, set: {bandwidth: 1}} | '1' is no bandwidth; write 500KB or 1MB",
        "{name: a, for: {everyone: true}, set: {http-user: a}} | Visitors need both",
        "{name: a, for: {everyone: true}, set: {http-password: a}} | Visitors need both",
        "{name: a, for: {everyone: true}, set: {basic-auth: yes}} | There is no 'yes'; there are generated",
        "{name: a, for: {everyone: true}, set: {basic-auth: generated, http-password: b}} | Leave out http-password",
        "{name: a, for: {everyone: true}, set: {headers: {'a b': c}}} | 'a b' is no name of headers",
        "{name: a, for: {everyone: true}, set: {headers: {a: '${user}'}}} | headers: write at most 500 letters on one line; places are ${account}",
        "{name: a, for: {everyone: true}, set: {headers: {a: \"b\\nc\"}}} | headers: write at most 500 letters",
        "{name: a, for: {everyone: true}, set: {annotations: {a/b/c: d}}} | 'a/b/c' is no name of annotations",
        "{name: a, for: {everyone: true}, set: {metas: {a: '${group}'}}} | ${group} is the group that the rewrite is for",
        "{name: a, for: {everyone: true}, set: {subdomain: 'a.b'}} | 'a.b' is no subdomain",
        "{name: a, for: {everyone: true}, set: {subdomain: 'a-${user}'}} | places are",
        "{name: a, for: {everyone: true}, set: {allow-users: ['a,b']}} | Write one user, or * for all",
        "{name: a, for: {everyone: true}, set: {sk: 'a b'}} | sk: write generated, or",
        "{name: a, for: {everyone: true}, set: {sk: x, edition: 2}} | An edition is of what is generated",
        "{name: a, for: {everyone: true}, set: {sk: generated, edition: 0}} | Write a number from 1 to",
        "{name: a, for: {everyone: true}, proxies: {types: [xtcp]}, set: {sk: x}} | No proxy of type xtcp has sk",
        "{name: a, for: {everyone: true}, proxies: {types: [tcp]}, set: {headers: {a: b}}} | No proxy of type tcp has headers"
      })
  void saysWhatIsWrong(String entry, String finding) {
    String text = "rewrites: [" + entry + "]";
    List<String> findings = findings(text);
    assertTrue(findings.stream().anyMatch(found -> found.contains(finding)), findings::toString);
    assertTrue(PolicyCompiler.compile(text, NOW).policy().isEmpty());
  }

  @Test
  void judgesTheProxyThatComesOfIt() {
    String text =
        """
        rules:
          - {name: own, allow: {everyone: true}, proxies: {types: [http], subdomains: ["*-${account}"]}}
          - {name: not blue, deny: {everyone: true}, proxies: {metas: {team: blue}}}
        rewrites:
          - {name: sub, for: {everyone: true}, set: {subdomain: "${subdomain}-${account}"}}
          - {name: team, for: {groups: [blue]}, set: {metas: {team: blue}}}
        tests:
          - {account: alice, proxy: {type: http, subdomain: shop}, expect: allow, rewritten: {subdomain: shop-alice}}
          - {account: alice, groups: [blue], proxy: {type: http, subdomain: shop}, expect: reject, rule: not blue}
        """;
    assertEquals(List.of(), findings(text));
  }

  @Test
  void testsSayWhatIsNotAsExpectedAndTellNoSecret() {
    String text =
        """
        rules:
          - {name: all, allow: {everyone: true}, proxies: {types: [stcp, http], subdomains: ["*"]}}
        rewrites:
          - {name: r, for: {accounts: [alice]}, set: {sk: hush, subdomain: x, bandwidth: 1MB}}
        tests:
          - {account: alice, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {subdomain: s}}
          - {account: bob, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {subdomain: s}}
          - {account: bob, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {bandwidth: 1MB}}
          - {account: alice, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {bandwidth: 2MB}}
          - {account: alice, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {headers: {A: b}}}
        """;
    assertEquals(
        List.of(
            "6:5 error: This test fails: subdomain is 'x', not 's'",
            "8:5 error: This test fails: bandwidth is not set, not '1MB'",
            "9:5 error: This test fails: bandwidth is '1MB', not '2MB'",
            "10:5 error: This test fails: headers.A is not set, not 'b'"),
        findings(text));
    assertTrue(
        findings(
                text.replace("type: http, subdomain: s", "type: stcp")
                    .replace("subdomain: s", "sk: other"))
            .stream()
            .noneMatch(finding -> finding.contains("hush") || finding.contains("other")));
  }

  @Test
  void testsOfBasicAuthNeedNotSayTheUser() {
    String text =
        """
        rules:
          - {name: all, allow: {everyone: true}, proxies: {types: [http], subdomains: ["*"]}}
        rewrites:
          - {name: r, for: {everyone: true}, set: {basic-auth: generated}}
        tests:
          - {account: a, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {basic-auth: generated}}
          - {account: a, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {http-user: a}}
          - {account: a, proxy: {type: http, subdomain: s}, expect: allow, rewritten: {basic-auth: generated, edition: 2}}
        """;
    assertEquals(
        List.of("8:5 error: This test fails: http-password is 'generated', not this one"),
        findings(text));
  }

  @Test
  void manyThatDifferGetOneWarningEach() {
    StringBuilder text = new StringBuilder("rewrites:\n");
    for (int i = 0; i < 40; i++) {
      text.append(
          "  - {name: r%d, for: {groups: [g%d]}, set: {headers: {X-Group: g%1$d}}}\n"
              .formatted(i, i));
    }
    assertEquals(39, findings(text.toString()).size());
  }

  @Test
  void refusesAnEmptyListOfUsers() {
    List<String> findings =
        findings("rewrites: [{name: a, for: {everyone: true}, set: {allow-users: []}}]");
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(findings.get(0).contains("error: Nothing is named here"), findings::toString);
  }
}
