package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.Login;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginMetasPolicyTest {
  private final Next<Login> next = new Next<>();

  @Test
  void takesOutTheTokenAndAGrantOfTheClientsOwn() {
    Login asked =
        Asked.login(
            Map.of(
                "token", "s3cret",
                "password", "hush",
                "portcullis-session", "forged",
                "site", "berlin"));
    Login expected = Asked.login(Map.of("site", "berlin"));
    assertEquals(Decision.allowed(expected), decide(asked));
    assertEquals(expected, next.only().content());
  }

  @Test
  void leavesALoginAloneThatHasNothingOfThat() {
    Login login = Asked.login(Map.of("Token", "not frp's", "site", "berlin"));
    assertEquals(Decision.allowed(login), decide(login));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "5000,5000", "-1,0", "-11,0", "-2147483648,0"})
  void clampsAPoolThatFrpsWouldPanicAt(int asked, int heard) {
    decide(Asked.login(Map.of()).withPoolCount(asked));
    assertEquals(heard, next.only().content().poolCount());
  }

  private Decision<Login> decide(Login login) {
    return new LoginMetasPolicy(next).decide(Asked.byAlice(login));
  }
}
