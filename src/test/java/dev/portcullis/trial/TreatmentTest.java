package dev.portcullis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.DomainName;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.Owned;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreatmentTest {
  private static final String NONE = "rules: []";
  private static final String ALLOW_A =
      "rules: [{name: a, allow: {everyone: true}, proxies: {types: [http], domains: [a.example.com]}}]";
  private static final String ALLOW_ALL =
      "rules: [{name: all, allow: {everyone: true}, proxies: {types: [http, tcp], domains: ['*'], ports: [1-65535]}}]";
  private static final String DENY =
      "rules: [{name: deny, deny: {everyone: true}, proxies: {domains: ['*'], ports: [1-65535]}}]";

  private static CompiledRules policy(String name) {
    return PolicyCompiler.compileWithoutTests(
            switch (name) {
              case "a" -> ALLOW_A;
              case "all" -> ALLOW_ALL;
              case "deny" -> DENY;
              case "none" -> NONE;
              default -> name;
            })
        .orElseThrow();
  }

  private static Facts web(String... domains) {
    return facts(new Facts.Proxy("web", "http", 0, List.of(domains), "", "", Map.of()));
  }

  private static Facts tcp(int port) {
    return facts(new Facts.Proxy("ssh", "tcp", port, List.of(), "", "", Map.of()));
  }

  private static Facts facts(Facts.Proxy proxy) {
    return new Facts(
        "NewProxy",
        OffsetDateTime.parse("2026-11-25T12:00:00Z"),
        "alice",
        Set.of(),
        Map.of(),
        "eu-1",
        Facts.Client.UNKNOWN,
        proxy,
        Facts.Visitor.NONE);
  }

  /** A proxy for a.example.com and b.example.com. */
  @ParameterizedTest
  @CsvSource({
    // was allowed
    "none, none, true,  '',                   true",
    "none, a,    true,  '',                   false",
    "none, a,    true,  domain a.example.com, true",
    "none, all,  true,  domain a.example.com, false",
    "a,    none, true,  '',                   true",
    "all,  none, true,  '',                   true",
    "deny, all,  true,  domain *.example.com, false",
    // was refused
    "none, none, false, domain *.example.com, false",
    "a,    none, false, '',                   false",
    "a,    none, false, domain b.example.com, true",
    "all,  none, false, '',                   true",
    "none, deny, false, '',                   false",
    "none, deny, false, domain *.example.com, true",
    "a,    a,    false, domain b.example.com, false",
  })
  void countsWhatWasGrantedThenAndElseWhatIsGrantedNow(
      String draft, String then, boolean was, String grant, boolean expected) {
    GrantSet owned = grant.isEmpty() ? Owned.of() : Owned.of(grant);
    assertEquals(
        expected,
        Treatment.instead(
                policy(draft),
                policy(then),
                web("a.example.com", "b.example.com"),
                was,
                () -> owned,
                domain -> false)
            .allowed());
  }

  @ParameterizedTest
  @CsvSource({
    "none, 6000, '',             false",
    "none, 6000, tcp-port 6000,  true",
    "none, 6001, tcp-port 6000,  false",
    "none, 0,    tcp-port 6000,  true",
    "none, 0,    '',             false",
    "all,  6000, '',             true",
    "all,  0,    '',             true",
    "deny, 6000, tcp-port 6000,  false",
  })
  void countsWhatTheAccountOwns(String policy, int port, String grant, boolean expected) {
    GrantSet owned = grant.isEmpty() ? Owned.of() : Owned.of(grant);
    assertEquals(
        expected, Treatment.of(policy(policy), tcp(port), () -> owned, domain -> false).allowed());
  }

  @Test
  void countsTypesAndNamesThatAreGranted() {
    Facts secret = facts(new Facts.Proxy("s", "stcp", 0, List.of(), "", "", Map.of()));
    CompiledRules none = policy("none");
    assertEquals(false, Treatment.of(none, secret, Owned::of, domain -> false).allowed());
    assertEquals(
        true,
        Treatment.of(none, secret, () -> Owned.of("proxy-type stcp"), domain -> false).allowed());
    assertEquals(
        false,
        Treatment.of(
                none, secret, () -> Owned.of("proxy-type stcp", "proxy-name x*"), domain -> false)
            .allowed());
  }

  @Test
  void countsDomainsThatAreProved() {
    Predicate<DomainName> proved =
        domain -> Proved.store(List.of("*.example.com")).of("alice-id").contains(domain);
    Supplier<GrantSet> owned = () -> Owned.of("proxy-type http");
    Facts own = web("a.example.com");
    Facts others = web("a.example.com", "a.example.org");
    assertEquals(true, Treatment.of(policy("none"), own, owned, proved).allowed());
    assertEquals(false, Treatment.of(policy("none"), others, owned, proved).allowed());
    assertEquals(false, Treatment.of(policy("deny"), own, owned, proved).allowed());
    assertEquals(
        true, Treatment.instead(policy("none"), policy("all"), own, true, owned, proved).allowed());
    assertEquals(
        true,
        Treatment.instead(policy("none"), policy("deny"), own, false, owned, proved).allowed());
    assertEquals(true, Treatment.isRefusalByPolicy("domain.not-proved"));
  }

  @Test
  void namesTheRuleThatDecides() {
    assertEquals(
        "deny",
        Treatment.of(policy("deny"), tcp(1), Owned::of, domain -> false)
            .rule()
            .orElseThrow()
            .name());
    assertEquals(
        "all",
        Treatment.of(policy("all"), tcp(1), Owned::of, domain -> false)
            .rule()
            .orElseThrow()
            .name());
    assertEquals(
        true,
        Treatment.of(policy("none"), tcp(1), () -> Owned.of("tcp-port 1"), domain -> false)
            .rule()
            .isEmpty());
  }
}
