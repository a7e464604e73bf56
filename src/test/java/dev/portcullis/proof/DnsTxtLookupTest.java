package dev.portcullis.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.settings.Given;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** What comes of real questions to a real server. */
class DnsTxtLookupTest {
  /** What dnsjava takes for the machine's configuration before all else. */
  private static final String MACHINE = "dns.server";

  private final DnsServer dns;
  private final TxtLookup lookup;

  DnsTxtLookupTest() throws IOException {
    dns = new DnsServer();
    lookup = new DnsTxtLookup(Given.settings(Map.of("portcullis.dns-servers", dns.address())));
  }

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void findsAllTextsEachPutTogetherOfItsParts() {
    dns.set("host.test", "one", "two and three, in more than one part");
    TxtAnswer.Found found = assertInstanceOf(TxtAnswer.Found.class, lookup.texts("host.test"));
    assertEquals(
        Set.of("one", "two and three, in more than one part"), new HashSet<>(found.texts()));
  }

  @Test
  void followsAliases() {
    dns.alias("host.test", "middle.test");
    dns.alias("middle.test", "target.test");
    dns.set("target.test", "one");
    assertEquals(new TxtAnswer.Found(List.of("one")), lookup.texts("host.test"));
    dns.remove("target.test");
    assertEquals(new TxtAnswer.Absent(), lookup.texts("host.test"));
  }

  @Test
  void takesNoSuchHostAndAHostWithoutATextForAbsent() {
    assertEquals(new TxtAnswer.Absent(), lookup.texts("host.test"));
    dns.set("host.test");
    assertEquals(new TxtAnswer.Absent(), lookup.texts("host.test"));
  }

  @Test
  void seesAtOnceWhatWasNotThereAMomentAgo() {
    assertEquals(new TxtAnswer.Absent(), lookup.texts("host.test"));
    dns.set("host.test", "one");
    assertEquals(new TxtAnswer.Found(List.of("one")), lookup.texts("host.test"));
    dns.remove("host.test");
    assertEquals(new TxtAnswer.Absent(), lookup.texts("host.test"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void doesNotTakeAServerThatFailsForAbsent(int rcode) {
    dns.set("host.test", "one");
    dns.fail(rcode);
    TxtAnswer.Failed failed = assertInstanceOf(TxtAnswer.Failed.class, lookup.texts("host.test"));
    assertTrue(!failed.cause().isBlank());
    dns.fail(Rcode.NOERROR);
    assertEquals(new TxtAnswer.Found(List.of("one")), lookup.texts("host.test"));
  }

  @Test
  void doesNotTakeAServerThatIsSilentForAbsentNorWaitForEver() {
    dns.beSilent(true);
    long begin = System.nanoTime();
    assertInstanceOf(TxtAnswer.Failed.class, lookup.texts("host.test"));
    assertTrue(System.nanoTime() - begin < 20_000_000_000L);
  }

  @Test
  void asksTheServersThatTheMachineHasByNowWhenThoseOfBeforeFail() throws IOException {
    dns.set("host.test", "one");
    try (DnsServer before = new DnsServer()) {
      before.fail(Rcode.SERVFAIL);
      TxtLookup ofMachine = new DnsTxtLookup(Given.settings());
      System.setProperty(MACHINE, before.address());
      assertInstanceOf(TxtAnswer.Failed.class, ofMachine.texts("host.test"));
      System.setProperty(MACHINE, dns.address());
      assertEquals(new TxtAnswer.Found(List.of("one")), ofMachine.texts("host.test"));
    } finally {
      System.clearProperty(MACHINE);
    }
  }
}
