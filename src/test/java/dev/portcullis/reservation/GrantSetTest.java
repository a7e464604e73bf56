package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.reservation.GrantSet.Transport;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantSetTest {
  private static final GrantSet NOTHING = Owned.of();

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "http", "https", "tcpmux"})
  void allowsTypesThatNeedAGrantOfTheirOwnAnyway(String type) {
    assertTrue(NOTHING.allowsType(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stcp", "xtcp", "sudp", "", "TCP", "new"})
  void allowsNoOtherTypes(String type) {
    assertFalse(NOTHING.allowsType(type));
  }

  @Test
  void allowsOnlyTheGrantedTypesWhereAnyIsGranted() {
    GrantSet owned = Owned.of("proxy-type stcp", "proxy-type http");
    assertTrue(owned.allowsType("stcp"));
    assertTrue(owned.allowsType("http"));
    assertFalse(owned.allowsType("tcp"));
    assertFalse(owned.allowsType("xtcp"));
  }

  @Test
  void allowsAnyNameUnlessNamesAreGranted() {
    assertTrue(NOTHING.allowsName("web"));
    GrantSet owned = Owned.of("proxy-name web-*", "proxy-name ssh");
    assertTrue(owned.allowsName("web-1"));
    assertTrue(owned.allowsName("ssh"));
    assertFalse(owned.allowsName("web"));
    assertFalse(owned.allowsName("ssh2"));
  }

  @Test
  void ownsGrantedPortsOfEachTransport() {
    GrantSet owned = Owned.of("tcp-port 6000-6002", "tcp-port 7000", "udp-port 6001");
    assertTrue(owned.ownsPort(Transport.TCP, 6000));
    assertTrue(owned.ownsPort(Transport.TCP, 6002));
    assertTrue(owned.ownsPort(Transport.TCP, 7000));
    assertFalse(owned.ownsPort(Transport.TCP, 6003));
    assertTrue(owned.ownsPort(Transport.UDP, 6001));
    assertFalse(owned.ownsPort(Transport.UDP, 6000));
    assertTrue(owned.ownsPorts(Transport.UDP));
    assertFalse(NOTHING.ownsPorts(Transport.UDP));
    assertFalse(NOTHING.ownsPort(Transport.TCP, 0));
    assertFalse(Owned.of("udp-port 1-65535").ownsPorts(Transport.TCP));
  }

  @Test
  void listsPortsInTheOrderInWhichTheyWereGranted() {
    GrantSet owned = Owned.of("tcp-port 7000", "udp-port 1", "tcp-port 6000-6002");
    assertEquals(List.of(7000, 6000, 6001, 6002), owned.ports(Transport.TCP).boxed().toList());
    assertEquals(0, NOTHING.ports(Transport.UDP).count());
  }

  @Test
  void listsPortsLazily() {
    assertEquals(1, Owned.of("tcp-port 1-65535").ports(Transport.TCP).findFirst().orElseThrow());
  }

  @Test
  void ownsDomainsItselfOrByAWildcard() {
    GrantSet owned = Owned.of("domain app.example.com", "domain *.example.org");
    assertTrue(owned.ownsDomain(new DomainName("App.Example.Com")));
    assertTrue(owned.ownsDomain(new DomainName("a.b.example.org")));
    assertFalse(owned.ownsDomain(new DomainName("example.org")));
    assertFalse(owned.ownsDomain(new DomainName("a.app.example.com")));
    assertFalse(NOTHING.ownsDomain(new DomainName("example.org")));
  }

  @Test
  void ownsSubdomainsByPatterns() {
    GrantSet owned = Owned.of("subdomain alice", "subdomain alice-*");
    assertTrue(owned.ownsSubdomain("alice"));
    assertTrue(owned.ownsSubdomain("alice-web"));
    assertFalse(owned.ownsSubdomain("bob"));
    assertFalse(NOTHING.ownsSubdomain("alice"));
  }

  @Test
  void tellsWhatIsOwned() {
    GrantSet owned =
        Owned.of(
            "tcp-port 6000-6002",
            "tcp-port 7000",
            "domain a.example.com",
            "domain *.b.example.com",
            "subdomain alice-*");
    assertEquals(Optional.of("6000-6002, 7000"), owned.portsText(Transport.TCP));
    assertEquals(Optional.empty(), owned.portsText(Transport.UDP));
    assertEquals(Optional.of("a.example.com, *.b.example.com"), owned.domainsText());
    assertEquals(Optional.of("alice-*"), owned.subdomainsText());
    assertEquals(Optional.empty(), NOTHING.domainsText());
    assertEquals(Optional.empty(), NOTHING.subdomainsText());
  }

  @Test
  void tellsEightOfThem() {
    assertEquals(Optional.of("1, 2, 3, 4, 5, 6, 7, 8"), ports(8));
    assertEquals(Optional.of("1, 2, 3, 4, 5, 6, 7, 8, ..."), ports(9));
  }

  private static Optional<String> ports(int count) {
    return Owned.of(
            IntStream.rangeClosed(1, count)
                .mapToObj(port -> "udp-port " + port)
                .toArray(String[]::new))
        .portsText(Transport.UDP);
  }

  @Test
  void knowsWhichTypesTakePorts() {
    assertEquals(Optional.of(Transport.TCP), Transport.of("tcp"));
    assertEquals(Optional.of(Transport.UDP), Transport.of("udp"));
    for (String type : List.of("http", "https", "tcpmux", "stcp", "sudp", "xtcp", "", "TCP")) {
      assertEquals(Optional.empty(), Transport.of(type));
    }
    assertEquals("tcp", Transport.TCP.word());
    assertEquals("udp", Transport.UDP.word());
  }
}
