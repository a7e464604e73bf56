package dev.portcullis.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.policy.Finding;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.reservation.OwnedGrant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenGrantsTest {
  private static List<Finding> warnings(String rule, OwnedGrant... grants) {
    return HiddenGrants.among(
        List.of(grants),
        PolicyCompiler.compile(
                "rules:\n  - {name: no, " + rule + "}\n",
                OffsetDateTime.parse("2026-11-25T12:00:00Z"))
            .policy()
            .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny: {everyone: true}, proxies: {ports: [22]} | tcp-port | 22 | 1",
        "deny: {everyone: true}, proxies: {ports: [22]} | tcp-port | 20-30 | 1",
        "deny: {everyone: true}, proxies: {ports: [22]} | tcp-port | 23-30 | 0",
        "deny: {everyone: true}, proxies: {ports: [22], types: [tcp]} | udp-port | 22 | 0",
        "deny: {everyone: true}, proxies: {ports: [22]} | udp-port | 22 | 1",
        "deny: {accounts: ['al*']} | domain | a.example.com | 1",
        "deny: {accounts: [bob]} | domain | a.example.com | 0",
        "deny: {everyone: true}, proxies: {domains: [a.example.com]} | domain | *.example.com | 1",
        "deny: {everyone: true}, proxies: {domains: ['*.example.org']} | domain | a.example.com | 0",
        "deny: {everyone: true}, proxies: {subdomains: ['a*']} | subdomain | alice | 1",
        "deny: {everyone: true}, proxies: {subdomains: ['a*']} | subdomain | alice-* | 0",
        "deny: {everyone: true}, hours: {days: [mon-sun]} | tcp-port | 22 | 0",
        "deny: {everyone: true}, when: account != '' | tcp-port | 22 | 0",
        "deny: {everyone: true}, enforce: false | tcp-port | 22 | 0",
        "deny: {groups: [staff]} | tcp-port | 22 | 0",
        "deny: {everyone: true}, operations: [Login] | tcp-port | 22 | 0",
        "allow: {everyone: true} | tcp-port | 22 | 0",
        "deny: {everyone: true} | proxy-type | stcp | 0",
      })
  void warnsWhereADenyTakesWhatIsGranted(String rule, String kind, String value, int expected) {
    assertEquals(expected, warnings(rule, new OwnedGrant("alice", kind, value)).size());
  }

  @Test
  void saysNothingOfOneWhoMayBeAmongThoseForWhomPortsAreReserved() {
    String reserved =
        "reservations: [{name: db, ports: [22], for: {%s}}]\nrules: [{name: far, deny: {everyone: true}, clients: {addresses: [192.0.2.1]}}]";
    for (String whom : List.of("groups: [dba]", "accounts: [bob], labels: {team: red}")) {
      assertEquals(List.of(), amongGrants(reserved.formatted(whom)));
    }
    assertEquals(1, amongGrants(reserved.formatted("accounts: [bob]")).size());
    assertEquals(List.of(), amongGrants(reserved.formatted("accounts: [alice]")));
  }

  private static List<Finding> amongGrants(String document) {
    return HiddenGrants.among(
        List.of(new OwnedGrant("alice", "tcp-port", "22")),
        PolicyCompiler.compileWithoutTests(document).orElseThrow());
  }

  @Test
  void namesThreeAccountsAtMostEachOnce() {
    List<Finding> warnings =
        warnings(
            "deny: {everyone: true}",
            new OwnedGrant("d", "tcp-port", "1"),
            new OwnedGrant("b", "tcp-port", "2"),
            new OwnedGrant("b", "tcp-port", "3"),
            new OwnedGrant("a", "subdomain", "a"),
            new OwnedGrant("c", "udp-port", "5-6"));
    assertEquals(
        List.of(
            "2:1 warning: 'no' denies what accounts own by grants, for example a (subdomain a), b (tcp-port 2), c (udp-port 5-6); narrow the rule, or take the grants back"),
        warnings.stream().map(Finding::toString).toList());
  }
}
