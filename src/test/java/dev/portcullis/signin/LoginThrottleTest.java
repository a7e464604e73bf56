package dev.portcullis.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.Login;
import dev.portcullis.session.SessionStore;
import dev.portcullis.settings.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginThrottleTest {
  private static final String RIGHT = "right";
  private static final String OWNER = "192.0.2.1:40000";

  private long nanos;
  private int asked;
  private String failure = "authentication.wrong-token";
  private final Map<String, List<String>> signedInFrom = new HashMap<>();
  private final List<String> lookedUp = new ArrayList<>();
  private final HandMade.Accounts accounts = new HandMade.Accounts();
  private final LoginThrottle throttle =
      new LoginThrottle(
          Given.settings(Map.of("portcullis.sign-in-delay", "PT2M")),
          accounts,
          new Sessions(),
          () -> nanos);

  private final class Sessions extends SessionStore {
    @Override
    public List<String> addresses(String accountId) {
      lookedUp.add(accountId);
      return signedInFrom.getOrDefault(accountId, List.of());
    }
  }

  LoginThrottleTest() {
    for (String name : List.of("alice", "bob")) {
      accounts.known.put(
          name,
          new KnownAccount(
              name + "-id", name, true, null, Set.of(), Set.of(), Map.of(), null, List.of()));
    }
  }

  /** What comes of it: in, the code of a failure, or the seconds to wait. */
  private String come(String user, String from, String secret) {
    return come(user, from, secret, () -> asked++);
  }

  private String come(String user, String from, String secret, Runnable look) {
    Login login =
        new Login(
            "0.70.1",
            "host",
            "linux",
            "amd64",
            user,
            "",
            Map.of("token", secret),
            1,
            from,
            "",
            ClientSpec.NONE);
    Decision<Login> decision =
        new LoginThrottlePolicy(
                request -> {
                  look.run();
                  return request.content().metas().containsValue(RIGHT)
                      ? Decision.allowed(request.content())
                      : Decision.rejected(failure, "no");
                },
                throttle)
            .decide(Asked.of(login));
    if (decision instanceof Decision.Allowed) {
      return "in";
    }
    String reason = Asked.reason(decision);
    return Asked.code(decision).equals("authentication.throttled")
        ? reason.replaceAll(".*in (\\d+) s\\.", "$1")
        : Asked.code(decision);
  }

  private void guess(int times, String user, String from) {
    for (int i = 0; i < times; i++) {
      assertEquals(failure, come(user, from, "guess " + i));
    }
  }

  private void pass(long seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void makesWhoFailsAgainAndAgainWaitTwiceAsLongEachTime() {
    guess(5, "alice", "203.0.113.9:1");
    for (int delay : List.of(1, 2, 4, 8, 16, 32, 64, 120, 120)) {
      assertEquals("" + delay, come("alice", "203.0.113.9:2", "guess"));
      pass(delay - 1);
      assertEquals("1", come("alice", "203.0.113.9:2", RIGHT), "before " + delay);
      pass(1);
      assertEquals(failure, come("alice", "203.0.113.9:2", "guess"), "after " + delay);
    }
  }

  @Test
  void asksForNoProofMeanwhileAndDoesNotCountThat() {
    guess(5, "alice", "203.0.113.9:1");
    for (int i = 0; i < 100; i++) {
      assertEquals("1", come("alice", "203.0.113.9:1", "guess"));
    }
    assertEquals(5, asked);
    pass(1);
    assertEquals("in", come("alice", "203.0.113.9:1", RIGHT));
  }

  @Test
  void takesANetworkOf64BitsForOneAddress() {
    for (int i = 0; i < 5; i++) {
      assertEquals(failure, come("alice", "[2001:db8::%d]:1".formatted(i), "guess"));
    }
    assertEquals("1", come("alice", "[2001:db8::ffff]:1", "guess"));
    assertEquals(failure, come("alice", "[2001:db8:0:1::1]:1", "guess"));
  }

  @Test
  void ownerGoesOnFromWhereItHasSignedInWhileStrangersAreLockedOut() {
    signedInFrom.put("alice-id", List.of(OWNER));
    for (int attack = 0; attack < 200; attack++) {
      come("alice", "198.51.100.%d:1".formatted(attack), "guess " + attack);
    }
    assertEquals(10, asked, "guesses that were looked at");
    assertTrue(Integer.parseInt(come("alice", "203.0.113.77:1", RIGHT)) >= 1);
    assertEquals("in", come("alice", "192.0.2.1:51000", RIGHT));
    assertEquals("in", come("bob", "203.0.113.77:1", RIGHT), "another account");
  }

  @Test
  void ownerMayErrFromThereWhileStrangersGuessFromTheSameAddressAtOthers() {
    signedInFrom.put("alice-id", List.of(OWNER));
    for (int i = 0; i < 20; i++) {
      come("user" + i, OWNER, "guess");
    }
    assertEquals("1", come("bob", OWNER, RIGHT), "the address has guessed at many");
    guess(49, "alice", OWNER);
    assertEquals("in", come("alice", OWNER, RIGHT));
    guess(50, "alice", OWNER);
    assertEquals("1", come("alice", OWNER, RIGHT));
  }

  @Test
  void forgetsFailuresOfWhoHasSignedInAtLast() {
    guess(4, "alice", "203.0.113.9:1");
    assertEquals("in", come("alice", "203.0.113.9:1", RIGHT));
    guess(4, "alice", "203.0.113.9:1");
    assertEquals("in", come("alice", "203.0.113.9:1", RIGHT));
  }

  @Test
  void ownAccountDoesNotBuyAnAddressMoreGuessesAtOthers() {
    signedInFrom.put("bob-id", List.of("203.0.113.9:1"));
    for (int i = 0; i < 19; i++) {
      come("user" + i, "203.0.113.9:1", "guess");
      assertEquals("in", come("bob", "203.0.113.9:1", RIGHT));
    }
    come("user19", "203.0.113.9:1", "guess");
    assertEquals("1", come("user20", "203.0.113.9:1", "guess"));
  }

  @Test
  void tellsAsManyGuessesAtOnceNoMoreThanOneAfterAnother() throws Exception {
    assertEquals(Map.of("authentication.wrong-token", 5L, "1", 15L), atOnce(20, "alice", "guess"));
    assertEquals("1", come("alice", "203.0.113.9:1", RIGHT));
  }

  @Test
  void letsManyInAtOnce() throws Exception {
    assertEquals(Map.of("in", 60L), atOnce(60, "alice", RIGHT));
  }

  /** How often what comes of logins of which all proofs are looked at before any is answered. */
  private Map<String, Long> atOnce(int times, String user, String secret) throws Exception {
    CountDownLatch looking = new CountDownLatch(times);
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      Callable<String> login =
          () ->
              come(
                  user,
                  "203.0.113.9:1",
                  secret,
                  () -> {
                    looking.countDown();
                    try {
                      looking.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      Map<String, Long> answers = new TreeMap<>();
      for (Future<String> answer : threads.invokeAll(Collections.nCopies(times, login))) {
        answers.merge(answer.get(), 1L, Long::sum);
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void forgetsInTime() {
    guess(5, "alice", "203.0.113.9:1");
    pass(3601);
    guess(5, "alice", "203.0.113.9:1");
  }

  @Test
  void saysTheSameOfUsersThatThereAreNot() {
    guess(5, "nobody", "203.0.113.9:1");
    assertEquals("1", come("nobody", "203.0.113.9:1", "guess"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authentication.directory-away",
        "jwt.provider-away",
        "jwt.expired",
        "authentication.account-disabled",
        "authentication.credential-revoked",
        "rule.denied",
        "limit.sessions"
      })
  void takesForAGuessOnlyWhatIsOne(String code) {
    failure = code;
    guess(100, "alice", "203.0.113.9:1");
  }

  @Test
  void leavesTheSshGatewayAlone() {
    guess(100, "alice", "pipe");
  }

  @Test
  void asksTheDatabaseForNothingUntilSomebodyIsToBeRefusedAndThenOnceAMinute() {
    for (int i = 0; i < 50; i++) {
      assertEquals("in", come("alice", OWNER, RIGHT));
    }
    guess(5, "alice", "203.0.113.9:1");
    assertEquals(List.of(), lookedUp);
    for (int i = 0; i < 50; i++) {
      come("alice", "203.0.113.9:1", "guess");
    }
    assertEquals(List.of("alice-id"), lookedUp);
  }
}
