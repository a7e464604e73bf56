package dev.portcullis.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.secret.Secrets.Purpose;
import dev.portcullis.settings.Given;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  private final Secrets secrets = new Secrets(Given.settings());

  // as rows in databases have them; computed with Python's hmac
  @ParameterizedTest
  @CsvSource({
    "NODE_SECRET,secret,3ac049b3e2cee025c9765ab44f44c8099f1e7930946ec5c537f0faf1ad974cf7",
    "CREDENTIAL,secret,9972862dd1a8471be1010dbf74fee0904757bce2cab72cf19061e7c3b91e79e8",
    "SESSION_GRANT,secret,194537722e8942fab7ecdbba0bfb528d16e9391217f274db5ee03fed4e3efd1e",
    "PASSWORD_MEMORY,secret,f61761e4bcc81b7c0dde25311ec70bd8c6d45cb840729bc9e2eb30595346d5de",
    "ACCESS_TOKEN,secret,14fd59664cac11017b83f8b7eb628ac7f4dcd33f40f0d756d7a88d00afcd223f",
    "PROXY_SECRET,secret,f1d94c25e9dca14dff76913d23565a7847a7517d3af3b687500b505a3726ffec",
    "DOMAIN_PROOF,secret,31cac68888acb9f995eb35132b4d2cd68e42aa52795c2f47891c47486ab4edb9",
    "CREDENTIAL,'',a2e5d022580db65e14fed00e52c9c5a7e497dbfdf57d19f13d92c416b596a98c",
    "CREDENTIAL,müller,3d85655abc53c1a1d8395bb39d0d4296f42c8e7bf40a210a5846ff1b92916515"
  })
  void hashesAsItAlwaysHas(Purpose purpose, String secret, String hash) {
    assertEquals(hash, secrets.hash(purpose, secret));
    assertEquals(hash, new Secrets(Given.settings()).hash(purpose, secret));
  }

  @Test
  void hasTheseSevenPurposes() {
    assertEquals(7, Purpose.values().length, "give a new one a golden value above");
  }

  @Test
  void hashesOtherwiseUnderAnotherKey() {
    Secrets others = new Secrets(Given.underKey("another key of at least 32 letters"));
    for (Purpose purpose : Purpose.values()) {
      assertNotEquals(others.hash(purpose, "secret"), secrets.hash(purpose, "secret"));
    }
  }

  @Test
  void makesTokensThatNeedNoEscapingAndNeverComeTwice() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String token = secrets.newToken();
      assertTrue(token.matches("[A-Za-z0-9_-]{43}"), token);
      assertTrue(tokens.add(token), token);
    }
  }

  @Test
  void makesRunIdsAsFrpDoes() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = secrets.newRunId();
      assertTrue(id.matches("[0-9a-f]{16}"), id);
      assertTrue(ids.add(id), id);
    }
  }

  @Test
  void comparesHashes() {
    assertTrue(Secrets.same("", ""));
    assertTrue(Secrets.same("abc", "a" + "bc"));
    assertFalse(Secrets.same("abc", "abd"));
    assertFalse(Secrets.same("abc", "ab"));
    assertFalse(Secrets.same("abc", "ABC"));
  }

  @Test
  void hashesOnManyThreadsAtOnce() {
    String expected = secrets.hash(Purpose.CREDENTIAL, "secret");
    assertEquals(
        Set.of(expected),
        IntStream.range(0, 20_000)
            .parallel()
            .mapToObj(i -> secrets.hash(Purpose.CREDENTIAL, "secret"))
            .collect(Collectors.toSet()));
  }

  @Test
  void hashesNothingWithoutAKey() {
    // what a container's proxy is, for whoever calls one by mistake
    Secrets proxy = new Secrets() {};
    assertThrows(IllegalStateException.class, () -> proxy.hash(Purpose.CREDENTIAL, "secret"));
  }
}
