package dev.portcullis.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainClaimEditTest {

  @ParameterizedTest
  @CsvSource({
    "shop.example.com,shop.example.com,_portcullis-challenge.shop.example.com",
    "' Shop.Example.COM ',shop.example.com,_portcullis-challenge.shop.example.com",
    "*.example.com,*.example.com,_portcullis-challenge.example.com"
  })
  void takesADomainAndSaysWhichHostProvesIt(String text, String domain, String host) {
    assertEquals(domain, new DomainClaimEdit(text).requiredDomain());
    assertEquals(host, Challenge.host(domain));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "com", "*.com", "a b.c", "a.b.", "a..b", "*.*.a.b", "a.b:80", "_x.y"})
  void refusesWhatIsNoDomainOfSomebody(String text) {
    assertThrows(ProblemException.class, () -> new DomainClaimEdit(text).requiredDomain());
  }

  @Test
  void refusesADomainWhoseRecordWouldHaveNoName() {
    String longest = ("a".repeat(59) + ".").repeat(4) + "com";
    assertThrows(ProblemException.class, () -> new DomainClaimEdit(longest).requiredDomain());
    assertThrows(ProblemException.class, () -> new DomainClaimEdit(null).requiredDomain());
  }

  @Test
  void asksEveryAccountForAnotherTextForEveryDomainAndEveryReplicaForTheSame() {
    Secrets secrets = new Secrets(Given.settings());
    Set<String> texts = new HashSet<>();
    for (String account : new String[] {"alice-id", "bob-id"}) {
      for (String domain : new String[] {"a.b", "*.a.b", "c.a.b"}) {
        String text = Challenge.of(account, domain, secrets).text();
        assertEquals(text, Challenge.of(account, domain, new Secrets(Given.settings())).text());
        texts.add(text);
      }
    }
    assertEquals(6, texts.size());
    Secrets others = new Secrets(Given.underKey("another key of at least 32 letters"));
    assertNotEquals(
        Challenge.of("alice-id", "a.b", secrets).text(),
        Challenge.of("alice-id", "a.b", others).text());
  }
}
