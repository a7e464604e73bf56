package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.secret.Secrets;
import dev.portcullis.secret.Secrets.Purpose;
import dev.portcullis.settings.Given;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionGrantTest {
  private final Secrets secrets = new Secrets(Given.settings());
  private final SessionGrant grant =
      SessionGrant.of(Asked.NODE, Asked.ALICE, new SessionIdentity(Asked.RUN_ID, 3));
  private final String text = grant.sign(secrets);

  @Test
  void isReadBack() {
    assertEquals(Optional.of(grant), SessionGrant.verify(text, secrets));
    assertEquals(
        Optional.of(grant),
        SessionGrant.verify(text, new Secrets(Given.settings())),
        "on another replica");
  }

  @Test
  void keepsTheWayAndItsEndButNoGroupsAndLabels() {
    for (SignInWay way : SignInWay.values()) {
      AccountIdentity account =
          new AccountIdentity(
              "a", "alice", "", way, Asked.NOW, Set.of("staff"), Map.of("team", "red"));
      SessionGrant other =
          SessionGrant.of(Asked.NODE, account, new SessionIdentity(Asked.RUN_ID, 3));
      assertEquals(
          Optional.of(account.with(Set.of(), Map.of())),
          SessionGrant.verify(other.sign(secrets), secrets).map(SessionGrant::account));
    }
  }

  @Test
  void keepsWhatIsKnownOfTheClientWhateverItSays() {
    ClientIdentity client = new ClientIdentity("192.0.2.1:7", "0.70\n9\nadmin", "x".repeat(500));
    SessionGrant other =
        SessionGrant.of(Asked.NODE, Asked.ALICE, new SessionIdentity(Asked.RUN_ID, 3, client));
    assertEquals(
        Optional.of(
            new SessionIdentity(
                Asked.RUN_ID,
                3,
                new ClientIdentity("192.0.2.1:7", "0.70?9?admin", "x".repeat(64)))),
        SessionGrant.verify(other.sign(secrets), secrets).map(SessionGrant::session));
  }

  @Test
  void isReadInTheFormThatItHadBeforeRulesLookedAtClients() {
    assertEquals(
        Optional.of(
            new SessionGrant(
                "n", new AccountIdentity("a", "alice", "c"), new SessionIdentity("r", 4))),
        SessionGrant.verify(signed("2\nn\na\nalice\nc\nr\n4\nTOKEN\n"), secrets));
  }

  @Test
  void isReadInTheFormThatItHadWhenThereWereTokensOnly() {
    assertEquals(
        Optional.of(
            new SessionGrant(
                "n", new AccountIdentity("a", "alice", "c"), new SessionIdentity("r", 4))),
        SessionGrant.verify(signed("1\nn\na\nalice\nc\nr\n4"), secrets));
  }

  private String signed(String content) {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return payload + "." + secrets.hash(Purpose.SESSION_GRANT, payload);
  }

  @Test
  void keepsLettersOfAnyScriptAndEmptyTexts() {
    SessionGrant other =
        new SessionGrant(
            "",
            new AccountIdentity("", "m\u00fcller\ud83d\ude00", ""),
            new SessionIdentity("", Long.MAX_VALUE));
    assertEquals(Optional.of(other), SessionGrant.verify(other.sign(secrets), secrets));
  }

  @Test
  void isPlainAsciiWithoutLettersThatGoEscapes() {
    assertTrue(text.matches("[A-Za-z0-9_-]+\\.[0-9a-f]{64}"), text);
  }

  @Test
  void isRefusedWithAnyLetterChanged() {
    for (int at = 0; at < text.length(); at++) {
      for (char letter : new char[] {'A', '0', '.', '=', '\n', '\u00e4'}) {
        if (text.charAt(at) != letter) {
          String tampered = text.substring(0, at) + letter + text.substring(at + 1);
          assertEquals(Optional.empty(), SessionGrant.verify(tampered, secrets), tampered);
        }
      }
    }
  }

  @Test
  void isRefusedWithAnythingCutOffOrAdded() {
    for (int at = 0; at < text.length(); at++) {
      assertEquals(Optional.empty(), SessionGrant.verify(text.substring(0, at), secrets));
      assertEquals(Optional.empty(), SessionGrant.verify(text.substring(at + 1), secrets));
    }
    assertEquals(Optional.empty(), SessionGrant.verify(text + "0", secrets));
    assertEquals(Optional.empty(), SessionGrant.verify(" " + text, secrets));
    assertEquals(Optional.empty(), SessionGrant.verify(text + "." + text, secrets));
  }

  @Test
  void isRefusedUnderAnotherKey() {
    Secrets others = new Secrets(Given.underKey("another key of at least 32 letters"));
    assertEquals(Optional.empty(), SessionGrant.verify(text, others));
  }

  @Test
  void isRefusedWithAHashMadeForAnotherPurpose() {
    String payload = text.substring(0, text.indexOf('.'));
    for (Purpose purpose : Purpose.values()) {
      Optional<SessionGrant> read =
          SessionGrant.verify(payload + "." + secrets.hash(purpose, payload), secrets);
      assertEquals(purpose == Purpose.SESSION_GRANT, read.isPresent(), purpose.name());
    }
  }

  @Test
  void isRefusedWithTheHashOfAnotherGrant() {
    String other =
        SessionGrant.of(Asked.NODE, Asked.ALICE, new SessionIdentity(Asked.RUN_ID, 4))
            .sign(secrets);
    String mixed = text.substring(0, text.indexOf('.')) + other.substring(other.indexOf('.'));
    assertEquals(Optional.empty(), SessionGrant.verify(mixed, secrets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\nn\na\nalice\nc\nr", // a part is missing
        "1\nn\na\nalice\nc\nr\n1\n", // a part too many
        "2\nn\na\nalice\nc\nr\n1", // the parts of another form
        "1\nn\na\nalice\nc\nr\n1\nTOKEN\n",
        "3\nn\na\nalice\nc\nr\n1\nTOKEN\n", // another form
        "2\nn\na\nalice\nc\nr\n1\nTOKEN\n\n",
        "\nn\na\nalice\nc\nr\n1",
        ""
      })
  void isRefusedInAnotherFormThoughSigned(String content) {
    assertEquals(Optional.empty(), SessionGrant.verify(signed(content), secrets));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "x", "x.", ".x", "a.b.c", "\u0000.\u0000", "\ud800.x"})
  void isRefusedWhenItIsGarbage(String garbage) {
    assertEquals(Optional.empty(), SessionGrant.verify(garbage, secrets));
  }
}
