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
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTypePolicyTest {
  private final Next<NewProxy> next = new Next<>();

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "http", "https", "tcpmux"})
  void allowsTypesThatNeedAPortOrADomain(String type) {
    NewProxy proxy = Asked.proxy(type);
    assertEquals(Decision.allowed(proxy), decide(proxy));
    assertEquals(proxy, next.only().content());
  }

  // frps takes an empty type for tcp; with a rule per type nobody may leave it out
  @ParameterizedTest
  @ValueSource(strings = {"stcp", "sudp", "xtcp", "", "Tcp", "tcp ", "plugin"})
  void rejectsOthersUnlessTheyAreGranted(String type) {
    assertEquals("proxy-type.not-granted", Asked.code(decide(Asked.proxy(type))));
    assertEquals(0, next.count());
  }

  @Test
  void allowsOnlyGrantedTypesWhereAnyAreGranted() {
    assertEquals(
        Decision.allowed(Asked.proxy("stcp")), decide(Asked.proxy("stcp"), "proxy-type stcp"));
    assertEquals(
        "Proxy type 'tcp' is not allowed for 'alice'; an administrator can grant it (proxy-type).",
        Asked.reason(decide(Asked.proxy("tcp"), "proxy-type stcp")));
  }

  private Decision<NewProxy> decide(NewProxy proxy, String... grants) {
    return new ProxyTypePolicy(next, Owned.store(grants), Ruled.byNothing())
        .decide(Asked.byAlice(proxy));
  }
}
