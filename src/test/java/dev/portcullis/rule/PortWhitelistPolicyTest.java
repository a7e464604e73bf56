package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.Ruled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortWhitelistPolicyTest {
  private final Next<NewProxy> next = new Next<>();

  @ParameterizedTest
  @CsvSource({"tcp,6000", "tcp,6010", "udp,53", "tcp,7000", "tcp,0", "udp,0"})
  void allowsAPortThatTheAccountOwnsAndAnyPortWhereItOwnsOne(String type, int port) {
    NewProxy proxy = proxy(type, port);
    assertEquals(Decision.allowed(proxy), decide(proxy));
    assertEquals(proxy, next.only().content());
  }

  @ParameterizedTest
  @CsvSource({"tcp,5999", "tcp,6011", "tcp,53", "udp,6000", "udp,54", "tcp,-1", "tcp,65536"})
  void rejectsAPortThatTheAccountDoesNotOwn(String type, int port) {
    assertEquals("port.not-granted", Asked.code(decide(proxy(type, port))));
    assertEquals(0, next.count());
  }

  @Test
  void tellsWhichPortsTheAccountOwns() {
    assertEquals(
        "The tcp port 22 is not granted to 'alice'; granted: 6000-6010, 7000. Leave remotePort out"
            + " to get one of them.",
        Asked.reason(decide(proxy("tcp", 22))));
  }

  @Test
  void rejectsAPortThatIsAnothersAloneThoughTheAccountOwnsItToo() {
    Decision<NewProxy> decision =
        new PortWhitelistPolicy(
                next, Owned.store(port -> port == 6001, "tcp-port 6000-6010"), Ruled.byNothing())
            .decide(Asked.byAlice(proxy("tcp", 6001)));
    assertEquals("port.exclusive", Asked.code(decision));
    assertEquals(
        "The tcp port 6001 is another account's alone. Leave remotePort out to get one of yours.",
        Asked.reason(decision));
    assertEquals(0, next.count());
  }

  @Test
  void rejectsAnyPortOfAnAccountThatOwnsNone() {
    for (int port : new int[] {0, 22}) {
      Decision<NewProxy> decision = decide(proxy("tcp", port), "udp-port 53");
      assertEquals("port.none-granted", Asked.code(decision));
      assertEquals(
          "No tcp port is granted to 'alice'; an administrator can grant some (tcp-port).",
          Asked.reason(decision));
    }
    assertEquals(0, next.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "tcpmux", "stcp", "sudp", "xtcp", "TCP", ""})
  void leavesTypesWithoutAPortAlone(String type) {
    NewProxy proxy = proxy(type, 22);
    assertEquals(Decision.allowed(proxy), decide(proxy, new String[0]));
  }

  private static NewProxy proxy(String type, int port) {
    return Asked.proxy(type).edit().remotePort(port).done();
  }

  private Decision<NewProxy> decide(NewProxy proxy) {
    return decide(proxy, "tcp-port 6000-6010", "tcp-port 7000", "udp-port 53");
  }

  private Decision<NewProxy> decide(NewProxy proxy, String... grants) {
    return new PortWhitelistPolicy(next, Owned.store(grants), Ruled.byNothing())
        .decide(Asked.byAlice(proxy));
  }
}
