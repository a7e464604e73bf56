package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to each mistake that a person makes says where it is and what to write instead. */
class MistakesTest {
  /** What stands before a mistake, on lines 1 to 3. */
  private static final String RULE = "rules:\n  - name: a\n    allow: {groups: [staff]}\n";

  private static List<String> findings(String text) {
    PolicyCompiler.Result result = PolicyCompiler.compile(text, ByChance.NOW);
    assertEquals(result.findings().isEmpty(), result.policy().isPresent());
    return result.findings().stream().map(Finding::toString).toList();
  }

  private static void assertFound(String text, String finding) {
    List<String> findings = findings(text);
    assertTrue(findings.stream().anyMatch(found -> found.startsWith(finding)), findings::toString);
    assertTrue(findings.size() <= 2, findings::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "proxies: {typs: [tcp]} | 4:15 error: There is no 'typs' here; do you mean 'types'?",
        "proxys: {types: [tcp]} | 4:5 error: There is no 'proxys' here; do you mean 'proxies'?",
        "proxies: {port: 80} | 4:15 error: There is no 'port' here; do you mean 'ports'?",
        "proxies: {ports: [70000]} | 4:23 error: '70000' is no range of ports: they go from 1 to 65535",
        "proxies: {ports: [9000-8000]} | 4:23 error: '9000-8000' is no range of ports: they go from 1 to 65535, the lower first",
        "proxies: {ports: [ssh]} | 4:23 error: 'ssh' is no port; write 6000, or a range as 6000-6010",
        "proxies: {pools: [web]} | 4:23 error: There is no 'web' in pools; there are none",
        "proxies: {types: [tpc]} | 4:23 error: There is no 'tpc'; there are tcp, udp, http",
        "proxies: {types: [TCP]} | 4:23 error: There is no 'TCP'; do you mean 'tcp'?",
        "proxies: {types: {tcp: true}} | 4:22 error: Write a text here, or a list of texts where several are meant: [one, two]",
        "proxies: {domains: [*.example.com]} | 4:26 error: This is no YAML: unexpected character found .(46); put it in quotes, as \"*.example.com\"",
        "nodes: [*] | 4:14 error: This is no YAML: unexpected character found ](93); put it in quotes, as \"*.example.com\"",
        "nodes: [*-eu] | 4:13 error: This is no YAML: found undefined alias -eu; put it in quotes, as \"*-eu\"",
        "proxies: {subdomains: [${account}-x]} | 4:29 error: This is no YAML: expected ',' or ']', but got {; put it in quotes, as \"${account}-web\"",
        "proxies: {subdomains: ['${user}-x']} | 4:28 error: '${user}-x' has a variable that there is not; there are ${account}, ${node} and ${group}",
        "when: proxy.port > | 4:11 error: The expression ends too early; complete it (at letter 13 of the expression)",
        "when: proxy.port == \"80\" | 4:11 error: There is no == of (int, string); write both sides in one type (at letter 12",
        "when: proxy.port | 4:11 error: expected type 'bool' but found 'int'; write what is true or false, as proxy.port > 6000",
        "when: port > 1 | 4:11 error: There is no 'port'; there are account, client.address,",
        "when: !client.os.startsWith(\"x\") | 4:33 error: This is no YAML: expected ' ', but found '\"' (34); put all of it in quotes, since it begins with !: '!...'",
        "reason: '' | 4:13 error: Write a text here",
        "reason: '  ' | 4:13 error: Write a text here",
        "when: '' | 4:11 error: Write a text here",
        "clients: {addresses: [192.0.2.1/24]} | 4:27 error: '192.0.2.1/24' is no network: it has bits behind its length; write 192.0.2.0/24",
        "clients: {addresses: [a.example.com]} | 4:27 error: 'a.example.com' is no IP address; write 192.0.2.1 or 2001:db8::1",
        "clients: {addresses: [::1]} | 4:27 error: This is no YAML: expected the node content, but found ':'; put it in quotes, as \"::1\"",
        "clients: {versions: [>=0.52]} | 4:26 error: This is no YAML: found character '>' that cannot start any token. (Do not use > for indentation); put the text in quotes",
        "clients: {sets: [office]} | 4:22 error: There is no 'office' in sets; there are none",
        "hours: {at: 8-18} | 4:12 error: '8-18' is no span of hours; write \"08:00-18:00\"",
        "hours: {days: [monday]} | 4:12 error: 'monday' is no weekday; write mon, or mon-fri",
        "from: 01.12.2026 | 4:11 error: '01.12.2026' is no moment; write 2026-12-31, or 2026-12-31T18:00:00+01:00",
        "until: 2026-02-30 | 4:12 error: '2026-02-30' is no moment; write 2026-12-31",
        "operations: [login] | 4:18 error: There is no 'login'; do you mean 'Login'?",
        "visitors: {countries: [de]} | 4:28 error: 'de' is no country; write two capitals, as in DE",
        "enforce: log | 4:14 error: Write true or false here",
        "reason: no: way | 4:15 error: This is no YAML: mapping values are not allowed here; indent the line like those that it belongs to, and put a text with a colon in quotes",
        "name: b | 4:5 error: 'name' is here twice; write it once",
        "deny: {everyone: true} | 2:5 error: A rule either allows or denies; write allow: {groups: [staff]}, or deny: ...",
        "<<: {nodes: [a]} | 4:5 error: Members are not merged here; write each out",
      })
  void answersAMistakeInARule(String mistake, String finding) {
    assertFound(RULE + "    " + mistake + "\n", finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "rulez: [] | 1:1 error: There is no 'rulez' here; do you mean 'rules'?",
        "rules: none | 1:8 error: Write members here: name, allow, deny",
        "rules:@  - name: a@   allow: {groups: [a]} | 3:4 error: This is no YAML: expected <block end>, but found '<block mapping start>'; indent the line like those that it belongs to",
        "rules:@  - name: a@      allow: {groups: [a]} | 3:12 error: This is no YAML: mapping values are not allowed here; indent the line",
        "rules:@>- name: a | 2:1 error: This is no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks, not with tabs",
        "rules:@  - name: \"a@    allow: {groups: [a]} | 3:25 error: This is no YAML: found unexpected end of stream; close what is open: a quote, a bracket",
        "rules: [ | 1:9 error: This is no YAML",
        "rules: []@---@rules: [] | 2:1 error: This is no YAML: but found another document; take out the line ---",
        "rules: []@@#\u0007. | 3:1 error: There is a letter that can't be seen, U+0007; take it out",
        "rules:@  - name: a@    alow: {groups: [a]} | 3:5 error: There is no 'alow' here; do you mean 'allow'?",
        "rules:@  - name: a@    allow: staff | 3:12 error: Say whom it is for; write {everyone: true} or {groups: [staff]}",
        "rules:@  - allow staff | 2:5 error: Write members here: name, allow, deny",
        "rules:@  - {name: a, deny: {everyone: true}}@  - {name: a, deny: {groups: [b]}} | 3:12 error: There is a rule 'a' already; give this one another name",
        "pools:@  web: {nodes: [a]} | 2:8 error: A pool needs ports; write ports: [20000-20999]",
        "pools:@  web: {ports: [6000], hold: 30d} | 2:30 error: '30d' is no length of time; write P30D, PT12H or PT30S",
        "tests:@  - {account: a, proxy: {type: tpc}, expect: reject} | 2:32 error: There is no 'tpc'; there are tcp, udp",
        "tests:@  - {account: a, proxy: {type: tcp, remote_port: 22}, expect: reject} | 2:37 error: There is no 'remote_port' here; do you mean 'port'?",
        "tests:@  - {account: a, expect: deny} | 2:26 error: There is no 'deny'; there are allow, reject",
      })
  void answersAMistakeInADocument(String text, String finding) {
    assertFound(text.replace('@', '\n').replace("\n>", "\n\t"), finding);
  }

  /** A list that is empty by a mistake would fit everybody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow: {groups: []}",
        "allow: {groups: }",
        "allow: {groups: ['']}",
        "allow: {accounts: []}",
        "allow: {accounts: ['']}",
        "allow: {labels: {}}",
        "allow: {labels: {team: ''}}",
        "allow: {everyone: false}",
        "allow: {groups: [a]}, nodes: []",
        "allow: {groups: [a]}, operations: []",
        "allow: {groups: [a]}, proxies: {types: []}",
        "allow: {groups: [a]}, proxies: {ports: []}",
        "allow: {groups: [a]}, proxies: {ports: ['']}",
        "allow: {groups: [a]}, proxies: {pools: []}",
        "allow: {groups: [a]}, proxies: {domains: }",
        "allow: {groups: [a]}, proxies: {metas: {}}",
        "allow: {groups: [a]}, clients: {addresses: []}",
        "allow: {groups: [a]}, clients: {versions: []}",
        "allow: {groups: [a]}, clients: {os: []}",
        "allow: {groups: [a]}, visitors: {sets: []}",
        "allow: {groups: [a]}, visitors: {countries: []}",
        "allow: {groups: [a]}, visitors: {asns: []}",
        "allow: {groups: [a]}, hours: {days: []}",
        "allow: {groups: [a]}, hours: {at: ['']}",
        "allow: {groups: [a]}, from: ''",
        "allow: {groups: [a]}, when: ''",
      })
  void refusesWhatNarrowsNothingDown(String rule) {
    List<String> findings = findings("rules:\n  - {name: a, " + rule + "}\n");
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(findings.get(0).startsWith("2:"), findings::toString);
  }

  @Test
  void endsWithADocumentThatIsMadeToHurt() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, "*a" + (i - 1) + ", *a0".repeat(9)));
    }
    StringBuilder many = new StringBuilder("rules:\n");
    for (int i = 0; i < 20_000; i++) {
      many.append("  - {name: r").append(i).append("}\n");
    }
    List<String> hurting =
        List.of(
            laughs + "rules: *a11\n",
            "rules: " + "[".repeat(100_000),
            "rules: " + "[".repeat(5_000) + "]".repeat(5_000),
            "rules: &a [*a]\n",
            "a".repeat(4_000_001),
            many.toString(),
            RULE + "    when: " + "(".repeat(900) + "true" + ")".repeat(900) + "\n");
    for (String text : hurting) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> {
            int found = findings(text).size();
            assertTrue(0 < found && found <= 100, () -> text.substring(0, 40) + ": " + found);
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "visitors: {} | proxies: {groups: [a]} | 2:5 error: frps does not say which port, domain, group or metadata",
        "visitors: {} | proxies: {metas: {a: b}} | 2:5 error: frps does not say which port, domain, group or metadata",
        "operations: [NewUserConn] | proxies: {ports: [80]} | 2:5 error: frps does not say which port, domain, group or metadata",
        "visitors: {} | when: proxy . port == 22 | 5:11 error: frps does not say this of the proxy that a visitor comes to: proxy.domains, proxy.metas, proxy.port",
        "operations: [NewUserConn] | when: proxy.metas['a'] == 'b' | 5:11 error: frps does not say this of the proxy",
      })
  void refusesToAskOfVisitedProxiesWhatNobodyTells(String member, String other, String finding) {
    assertFound(RULE + "    " + member + "\n    " + other + "\n", finding);
  }
}
