package dev.portcullis.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.operation.Login;
import dev.portcullis.operation.Ping;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
  private final Ping ping = new Ping(Asked.user(Map.of()));

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void isNeverRejectedWithoutACodeAndAReason(String blank) {
    assertThrows(IllegalArgumentException.class, () -> Decision.rejected("a.b", blank));
    assertThrows(IllegalArgumentException.class, () -> Decision.rejected(blank, "reason"));
  }

  @Test
  void isAllowedAsItIsWhenNobodyObjects() {
    DecisionRequest<Ping> request = Asked.of(ping);
    assertEquals(Decision.allowed(ping), new Innermost.OfPing().decide(request));
    Login login = Asked.login(Map.of());
    assertEquals(Decision.allowed(login), new Innermost.OfLogin().decide(Asked.of(login)));
    assertNotEquals(
        Decision.allowed(ping), Decision.allowed(new Ping(Asked.user(Map.of("a", "b")))));
  }

  @Test
  void notesInTheTraceWhoItWas() {
    DecisionRequest<Ping> request = Asked.of(ping);
    assertEquals(Optional.empty(), request.trace().account());
    DecisionRequest<Ping> known = request.withAccount(Asked.ALICE);
    assertSame(request.trace(), known.trace());
    assertEquals(Optional.of(Asked.ALICE), request.trace().account());
    assertEquals(Asked.ALICE, known.requireAccount());
  }

  @Test
  void failsWhereAnAccountIsNeededAndNobodyHasNamedOne() {
    assertThrows(IllegalStateException.class, () -> Asked.of(ping).requireAccount());
  }

  @Test
  void keepsWhatIsKnownWhenTheContentChanges() {
    SessionIdentity session = new SessionIdentity("run", 3);
    Ping other = new Ping(Asked.user(Map.of("a", "b")));
    DecisionRequest<Ping> request = Asked.byAlice(ping).withSession(session).withContent(other);
    assertEquals(
        new DecisionRequest<>(
            other,
            Asked.NODE,
            "f87283c5fd2ed95c",
            Asked.NOW,
            Asked.ALICE,
            session,
            request.trace()),
        request);
  }
}
