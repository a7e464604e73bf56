package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.Ruled;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyNamePolicyTest {
  private final Next<NewProxy> next = new Next<>();

  static Stream<String> good() {
    return Stream.of(
        "alice.web",
        "alice.a",
        "alice.1",
        "alice._x",
        "alice.a.b.c",
        "alice.web-1_2.3",
        "alice.m\u00fcller",
        "alice.\u4e2d\u6587",
        "alice.alice.web",
        "alice." + "x".repeat(128));
  }

  @ParameterizedTest
  @MethodSource("good")
  void allowsANameUnderTheAccountsPrefix(String name) {
    NewProxy proxy = Asked.proxy("tcp", name);
    assertEquals(Decision.allowed(proxy), decide(proxy));
    assertEquals(proxy, next.only().content());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "bob.web",
        "alice",
        "aliceweb",
        "Alice.web",
        " alice.web",
        "alice-x.web"
      })
  void rejectsANameUnderAnotherPrefix(String name) {
    assertEquals("proxy-name.foreign-prefix", Asked.code(decide(Asked.proxy("tcp", name))));
    assertEquals(0, next.count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice.",
        "alice..web",
        "alice.-web",
        "alice. web",
        "alice.web ",
        "alice.a/b",
        "alice.a\nb",
        "alice.<script>",
        "alice.a\u0000",
        "alice.*",
        "alice.a\u202eb"
      })
  void rejectsAMalformedName(String name) {
    assertEquals("proxy-name.malformed", Asked.code(decide(Asked.proxy("tcp", name))));
    assertEquals(0, next.count());
  }

  @Test
  void rejectsALongName() {
    Decision<NewProxy> decision = decide(Asked.proxy("tcp", "alice." + "x".repeat(129)));
    assertEquals("proxy-name.malformed", Asked.code(decision));
    assertEquals(
        "Proxy name '"
            + "x".repeat(80)
            + "...' is not allowed: use 1 to 128 letters, digits, dots, hyphens and underscores.",
        Asked.reason(decision));
  }

  @Test
  void tellsThePrefix() {
    assertEquals(
        "Proxy name 'web' is not allowed: it must begin with 'alice.', which frpc adds by itself"
            + " when its user is set.",
        Asked.reason(decide(Asked.proxy("tcp", "web"))));
  }

  @Test
  void allowsOnlyGrantedNamesWhereAnyAreGranted() {
    NewProxy web = Asked.proxy("tcp", "alice.web-1");
    assertEquals(Decision.allowed(web), decide(web, "proxy-name web-*"));
    Decision<NewProxy> decision = decide(Asked.proxy("tcp", "alice.ssh"), "proxy-name web-*");
    assertEquals("proxy-name.not-granted", Asked.code(decision));
    assertEquals(
        "Proxy name 'ssh' is not among the names granted to 'alice'; granted: web-*.",
        Asked.reason(decision));
  }

  private Decision<NewProxy> decide(NewProxy proxy, String... grants) {
    return new ProxyNamePolicy(next, Owned.store(grants), Ruled.byNothing())
        .decide(Asked.byAlice(proxy));
  }
}
