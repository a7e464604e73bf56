package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.Ruled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainValidationPolicyTest {
  private static final String[] OWNED = {
    "domain www.example.com", "domain *.alice.example.com", "subdomain alice", "subdomain alice-*"
  };

  private final Next<NewProxy> next = new Next<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "http|www.example.com|''",
        "tcpmux|a.alice.example.com|''",
        "http|a.b.alice.example.com,www.example.com|''",
        "http|*.alice.example.com|''",
        "http|*.a.alice.example.com|''",
        "http|,www.example.com,|''",
        "http|''|alice",
        "http|''|alice-web",
        "https|www.example.com|alice-1",
        "tcpmux|''|alice"
      })
  void allowsHostsThatTheAccountOwns(String type, String domains, String subdomain) {
    NewProxy proxy = proxy(type, domains, subdomain);
    assertEquals(Decision.allowed(proxy), decide(proxy));
    assertEquals(proxy, next.only().content());
  }

  @ParameterizedTest
  @ValueSource(strings = {"proved.test", "a.all.test", "*.all.test", "*.b.all.test"})
  void allowsDomainsThatTheAccountHasProved(String domain) {
    NewProxy proxy = proxy("https", domain, "");
    assertEquals(Decision.allowed(proxy), decide(proxy, new String[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "open.test,_portcullis-challenge.open.test",
    "a.below.test,_portcullis-challenge.below.test",
    "*.below.test,_portcullis-challenge.below.test"
  })
  void tellsWhichRecordProvesADomainThatIsOnlyClaimed(String domain, String host) {
    Decision<NewProxy> decision = decide(proxy("http", "proved.test," + domain, ""));
    assertEquals("domain.not-proved", Asked.code(decision));
    assertEquals(
        "Domain '%s' is claimed by 'alice', but not proved. Set the DNS record %s TXT \"portcullis=abc\" and try again some minutes later."
            .formatted(domain, host),
        Asked.reason(decision));
    assertEquals(0, next.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.test", "a.proved.test", "below.test", "a.open.test"})
  void takesNoMoreThanWhatWasProved(String domain) {
    assertEquals("domain.not-granted", Asked.code(decide(proxy("http", domain, ""))));
  }

  @Test
  void allowsThemInAnyCaseButTellsFrpsThemInLowerCase() {
    NewProxy expected = proxy("https", "www.example.com,,a.alice.example.com", "alice-web");
    assertEquals(
        Decision.allowed(expected),
        decide(proxy("https", "WWW.Example.Com,,a.ALICE.example.com", "Alice-WEB")));
    assertEquals(expected, next.only().content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http|www.example.org|''|domain.not-granted",
        "http|example.com|''|domain.not-granted",
        "http|alice.example.com|''|domain.not-granted",
        "http|*.example.com|''|domain.not-granted",
        "http|*.www.example.com|''|domain.not-granted",
        "http|www.example.com,www.example.org|''|domain.not-granted",
        "https|www.example.org,www.example.com|''|domain.not-granted",
        "tcpmux|www.example.org|''|domain.not-granted",
        "http|www.example.org|alice|domain.not-granted",
        "http|*|''|domain.malformed",
        "http|www.example.com.|''|domain.malformed",
        "http|www.example.com:80|''|domain.malformed",
        "http|*.*.alice.example.com|''|domain.malformed",
        "http|a_b.alice.example.com|''|domain.malformed",
        "http|' www.example.com'|''|domain.malformed",
        "http|''|bob|subdomain.not-granted",
        "http|''|alic|subdomain.not-granted",
        "http|www.example.com|bob|subdomain.not-granted",
        "http|''|alice.x|subdomain.malformed",
        "http|''|*|subdomain.malformed",
        "http|''|alice-*|subdomain.malformed",
        "http|''|alice-|subdomain.malformed",
        "http|''|' alice'|subdomain.malformed",
        "http|''|alice-\u00e4|subdomain.malformed",
        "http|''|''|domain.none",
        "https|,|''|domain.none",
        "tcpmux|''|''|domain.none"
      })
  void rejectsHostsThatItDoesNot(String type, String domains, String subdomain, String code) {
    assertEquals(code, Asked.code(decide(proxy(type, domains, subdomain))));
    assertEquals(0, next.count());
  }

  @Test
  void tellsWhatTheAccountOwns() {
    assertEquals(
        "Domain 'x.org' is not granted to 'alice'; granted: www.example.com, *.alice.example.com.",
        Asked.reason(decide(proxy("http", "x.org", ""))));
    assertEquals(
        "Subdomain 'bob' is not granted to 'alice'; granted: alice, alice-*.",
        Asked.reason(decide(proxy("http", "", "bob"))));
    assertEquals(
        "Domain 'x.org' is not granted to 'alice'; granted: none.",
        Asked.reason(decide(proxy("http", "x.org", ""), new String[0])));
    assertEquals(
        "A proxy of type https needs customDomains or a subdomain.",
        Asked.reason(decide(proxy("https", "", ""))));
    assertEquals(
        "Domain 'x_y' is not allowed: it is no domain name: letters, digits, hyphens and dots"
            + " (punycode for others), at most one '*.' in front, no port and no dot at the end.",
        Asked.reason(decide(proxy("http", "x_y", ""))));
  }

  @Test
  void repeatsALongDomainInShortOnOneLine() {
    String reason = Asked.reason(decide(proxy("http", "a\nb\u0007" + "x".repeat(10_000), "")));
    assertTrue(reason.length() < 400, reason);
    assertTrue(reason.startsWith("Domain 'a?b?xxx"), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "stcp", "sudp", "xtcp", ""})
  void leavesOtherTypesAlone(String type) {
    NewProxy proxy = proxy(type, "www.example.org", "bob");
    assertEquals(Decision.allowed(proxy), decide(proxy));
  }

  private static NewProxy proxy(String type, String domains, String subdomain) {
    List<String> list = domains.isEmpty() ? List.of() : Arrays.asList(domains.split(",", -1));
    return Asked.proxy(type).edit().customDomains(list).subdomain(subdomain).done();
  }

  private Decision<NewProxy> decide(NewProxy proxy) {
    return decide(proxy, OWNED);
  }

  private Decision<NewProxy> decide(NewProxy proxy, String... grants) {
    return new DomainValidationPolicy(
            next,
            Owned.store(grants),
            Ruled.byNothing(),
            Proved.store(List.of("proved.test", "*.all.test"), "open.test", "*.below.test"))
        .decide(Asked.byAlice(proxy));
  }
}
