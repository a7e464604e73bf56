package dev.portcullis.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.portcullis.settings.JwtSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How keys come and go, with a provider that does as it likes. */
class SigningKeysTest {
  private static final RSAKey SECOND = GivenProvider.rsa("second");
  private static final Map<String, String> PATIENT = Map.of("portcullis.jwt.timeout", "PT10S");

  /** Long enough that nothing is fetched again, or found out, by itself. */
  private static final SigningKeys.Pace STILL =
      new SigningKeys.Pace(
          Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofHours(1));

  /** As the one above, but the provider may be asked again at once. */
  private static final SigningKeys.Pace HASTY =
      new SigningKeys.Pace(
          Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(1), Duration.ofHours(1));

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<JwtVerifier> verifiers = new ArrayList<>();
  private GivenProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new GivenProvider();
  }

  @AfterEach
  void stop() {
    over.countDown();
    verifiers.forEach(JwtVerifier::stop);
    provider.close();
  }

  private JwtVerifier verifier(Map<String, String> settings, SigningKeys.Pace pace) {
    JwtVerifier verifier = provider.verifier(settings, pace);
    verifiers.add(verifier);
    return verifier;
  }

  private String token() {
    return provider.token(provider.claims());
  }

  private String tokenOf(RSAKey key) {
    return GivenProvider.signed(key, JWSAlgorithm.RS256, provider.claims());
  }

  private static String code(JwtVerifier verifier, String token) {
    try {
      verifier.verify(token);
      return "";
    } catch (JwtRefusedException e) {
      return e.code();
    }
  }

  private static void await(String what, BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!happened.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.sleep(20);
    }
  }

  private HttpHandler hanging() {
    return exchange -> {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  @Test
  void asksTheProviderOnceForManyTokens() {
    JwtVerifier verifier = verifier(PATIENT, STILL);
    for (int i = 0; i < 50; i++) {
      assertEquals("", code(verifier, token()));
    }
    assertEquals(1, provider.discoveries.get());
    assertEquals(1, provider.fetches.get());
  }

  @Test
  void hasTheKeysSoonAfterAStart() throws Exception {
    JwtVerifier verifier = verifier(PATIENT, STILL);
    verifier.start("started");
    await("keys fetched", () -> provider.fetches.get() == 1);
    assertEquals("", code(verifier, token()));
    assertEquals(1, provider.fetches.get());
  }

  @Test
  void goesOnTryingWhenTheProviderIsAwayAtTheStart() throws Exception {
    provider.keys(GivenProvider.answer(503, new byte[0]));
    JwtVerifier verifier =
        verifier(
            PATIENT,
            new SigningKeys.Pace(
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMillis(100),
                Duration.ofMillis(200)));
    verifier.start("started");
    await("asked", () -> provider.fetches.get() >= 2);
    provider.keys(GivenProvider.KEY);
    int before = provider.fetches.get();
    await("asked again", () -> provider.fetches.get() > before);
    assertEquals("", code(verifier, token()));
  }

  @Test
  void fetchesOnceMoreForAKeyThatIsNew() {
    JwtVerifier verifier = verifier(PATIENT, STILL);
    assertEquals("", code(verifier, token()));
    provider.keys(GivenProvider.KEY, SECOND);
    assertEquals("", code(verifier, tokenOf(SECOND)));
    assertEquals("", code(verifier, token()));
    assertEquals(2, provider.fetches.get());
    // its address is known by then
    assertEquals(1, provider.discoveries.get());
  }

  @Test
  void fetchesSeldomForKeysThatNobodyShows() {
    JwtVerifier verifier = verifier(PATIENT, STILL);
    assertEquals("", code(verifier, token()));
    for (int i = 0; i < 20; i++) {
      assertEquals("jwt.unknown-key", code(verifier, tokenOf(SECOND)));
      assertEquals("", code(verifier, token()));
    }
    assertEquals(2, provider.fetches.get());
  }

  @Test
  void forgetsAKeyThatIsShownNoMore() throws Exception {
    JwtVerifier verifier =
        verifier(
            PATIENT,
            new SigningKeys.Pace(
                Duration.ofMillis(800),
                Duration.ofHours(1),
                Duration.ofMillis(50),
                Duration.ofMillis(50)));
    verifier.start("started");
    await("fetched", () -> provider.fetches.get() > 0);
    assertEquals("", code(verifier, token()));
    provider.keys(SECOND);
    await("forgotten", () -> code(verifier, token()).equals("jwt.unknown-key"));
    assertEquals("", code(verifier, tokenOf(SECOND)));
  }

  @Test
  void fetchesAheadSoThatNobodyWaits() throws Exception {
    JwtVerifier verifier =
        verifier(
            PATIENT,
            new SigningKeys.Pace(
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                Duration.ofMillis(50),
                Duration.ofMillis(50)));
    verifier.start("started");
    await("fetched ahead, again and again", () -> provider.fetches.get() >= 3);
    provider.keys(hanging());
    assertEquals("", code(verifier, token()));
  }

  @Test
  void keepsTheKeysWhileTheProviderIsAway() throws Exception {
    JwtVerifier verifier =
        verifier(
            PATIENT,
            new SigningKeys.Pace(
                Duration.ofMillis(400),
                Duration.ofHours(1),
                Duration.ofMillis(20),
                Duration.ofMillis(20)));
    verifier.start("started");
    await("fetched", () -> provider.fetches.get() > 0);
    assertEquals("", code(verifier, token()));
    provider.keys(GivenProvider.answer(500, new byte[0]));
    int before = provider.fetches.get();
    // several lives later
    await("asked in vain", () -> provider.fetches.get() >= before + 4);
    assertEquals("", code(verifier, token()));
    assertEquals("jwt.unknown-key", code(verifier, tokenOf(SECOND)));
  }

  @Test
  void givesTheKeysUpWhenTheProviderIsAwayForLong() throws Exception {
    JwtVerifier verifier =
        verifier(
            PATIENT,
            new SigningKeys.Pace(
                Duration.ofMillis(400),
                Duration.ofMillis(800),
                Duration.ofMillis(20),
                Duration.ofMillis(20)));
    verifier.start("started");
    await("fetched", () -> provider.fetches.get() > 0);
    provider.keys(GivenProvider.answer(500, new byte[0]));
    await("given up", () -> code(verifier, token()).equals("jwt.provider-away"));
    provider.keys(GivenProvider.KEY);
    await("back", () -> code(verifier, token()).isEmpty());
  }

  static Stream<Arguments> brokenKeys() {
    byte[] large =
        ("{\"keys\":[], \"x\":\"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("not found", GivenProvider.answer(404, new byte[0])),
        Arguments.of(
            "failing", GivenProvider.answer(500, "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8))),
        Arguments.of("no text", GivenProvider.answer(200, new byte[0])),
        Arguments.of("a page", GivenProvider.json("<html>Sign in</html>")),
        Arguments.of("a list", GivenProvider.json("[]")),
        Arguments.of("null", GivenProvider.json("null")),
        Arguments.of("no keys", GivenProvider.json("{}")),
        Arguments.of("keys that are none", GivenProvider.json("{\"keys\":\"all\"}")),
        Arguments.of("deep", GivenProvider.json("{\"keys\":".repeat(20_000))),
        Arguments.of("too large", GivenProvider.answer(200, large)),
        Arguments.of("closed at once", (HttpHandler) HttpExchange::close));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenKeys")
  void refusesWhileNoKeysCanBeRead(String what, HttpHandler answer) {
    provider.keys(answer);
    JwtVerifier verifier = verifier(PATIENT, STILL);
    assertEquals("jwt.provider-away", code(verifier, token()));
  }

  @Test
  void followsNoRedirection() throws Exception {
    try (GivenProvider elsewhere = new GivenProvider()) {
      provider.keys(
          exchange -> {
            exchange.getResponseHeaders().add("Location", elsewhere.keysAddress());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      assertEquals("jwt.provider-away", code(verifier(PATIENT, STILL), token()));
      assertEquals(0, elsewhere.fetches.get());
    }
  }

  static Stream<Map<String, Object>> brokenDiscoveries() {
    return Stream.of(
        Map.of("issuer", "https://sso.example.com", "jwks_uri", "KEYS"),
        Map.of("issuer", "ISSUER/", "jwks_uri", "KEYS"),
        Map.of("issuer", 7, "jwks_uri", "KEYS"),
        Map.of("jwks_uri", "KEYS"),
        Map.of("issuer", "ISSUER"),
        Map.of("issuer", "ISSUER", "jwks_uri", 7),
        Map.of("issuer", "ISSUER", "jwks_uri", "http://sso.example.com/keys"),
        Map.of("issuer", "ISSUER", "jwks_uri", "file:///etc/passwd"));
  }

  @ParameterizedTest
  @MethodSource("brokenDiscoveries")
  void trustsOnlyADiscoveryDocumentOfTheIssuerItself(Map<String, Object> document) {
    provider.discovery(
        GivenProvider.json(
            JSONObjectUtils.toJSONString(document)
                .replace("\\/", "/")
                .replace("ISSUER", provider.issuer())
                .replace("KEYS", provider.keysAddress())));
    JwtVerifier verifier = verifier(PATIENT, STILL);
    assertEquals("jwt.provider-away", code(verifier, token()));
    assertEquals(0, provider.fetches.get());
  }

  @Test
  void takesTheAddressOfTheKeysFromTheOperator() {
    provider.discovery(GivenProvider.answer(404, new byte[0]));
    JwtVerifier verifier =
        verifier(
            Map.of(
                "portcullis.jwt.timeout",
                "PT10S",
                "portcullis.jwt.jwks-url",
                provider.keysAddress()),
            STILL);
    assertEquals("", code(verifier, token()));
    assertEquals(0, provider.discoveries.get());
  }

  @Test
  void findsKeysThatHaveMoved() throws Exception {
    try (GivenProvider moved = new GivenProvider()) {
      moved.keys(SECOND);
      JwtVerifier verifier = verifier(PATIENT, HASTY);
      assertEquals("", code(verifier, token()));
      provider.keys(GivenProvider.answer(404, new byte[0]));
      provider.discovery(
          GivenProvider.json(
              JSONObjectUtils.toJSONString(
                  Map.of("issuer", provider.issuer(), "jwks_uri", moved.keysAddress()))));
      // first at the address it knows, in vain
      assertEquals("jwt.unknown-key", code(verifier, tokenOf(SECOND)));
      await("found", () -> code(verifier, tokenOf(SECOND)).isEmpty());
      assertEquals("jwt.unknown-key", code(verifier, token()));
    }
  }

  @Test
  void saysThatNobodyAnswersThere() throws Exception {
    String token = token();
    JwtVerifier verifier = verifier(PATIENT, STILL);
    provider.close();
    JwtRefusedException refused =
        assertThrows(JwtRefusedException.class, () -> verifier.verify(token));
    assertEquals("jwt.provider-away", refused.code());
    assertEquals(
        "The keys of "
            + provider.issuer()
            + " could not be read in time, so no token can be checked; try again soon",
        refused.getMessage());
  }

  @Test
  void costsARefusalAndFewThreadsWhenTheProviderHangs() throws Exception {
    provider.keys(hanging());
    JwtVerifier verifier = verifier(Map.of("portcullis.jwt.timeout", "PT0.5S"), HASTY);
    String token = token();
    int callers = 64;
    ExecutorService workers = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      List<Future<String>> codes = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        codes.add(workers.submit(() -> code(verifier, token)));
      }
      await("the provider hangs", () -> provider.fetches.get() > 0);
      long waiting =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals(provider.issuer()))
              .count();
      assertTrue(waiting >= 1 && waiting <= 4, "threads: " + waiting);
      for (Future<String> code : codes) {
        assertEquals("jwt.provider-away", code.get(10, TimeUnit.SECONDS));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void doesNotMakeKnownKeysWaitForAHangingProvider() throws Exception {
    JwtVerifier verifier = verifier(PATIENT, STILL);
    String known = token();
    String unknown = tokenOf(SECOND);
    assertEquals("", code(verifier, known));
    provider.keys(hanging());
    ExecutorService workers = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < 8; i++) {
        workers.submit(() -> code(verifier, unknown));
      }
      await("the provider hangs", () -> provider.fetches.get() == 2);
      long start = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertEquals("", code(verifier, known));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void givesUpOnAProviderThatAnswersInDrops() throws Exception {
    provider.keys(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
              out.write(' ');
              out.flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    KeyFetch fetch = new KeyFetch(provider.settings(Map.of("portcullis.jwt.timeout", "PT0.2S")));
    long start = System.nanoTime();
    assertThrows(
        JWKSetRetrievalException.class,
        () -> fetch.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), 0, null));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
  }

  @Test
  void takesKeysThatComeAfterTheCallerHasGone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    HttpHandler quick = GivenProvider.json(new JWKSet(GivenProvider.KEY).toString());
    provider.keys(
        exchange -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          quick.handle(exchange);
        });
    JwtSettings settings = provider.settings(PATIENT);
    SigningKeys keys =
        new SigningKeys(
            settings.issuer(), Duration.ofMillis(300), new KeyFetch(settings), STILL, Thread::new);
    JwtVerifier verifier = new JwtVerifier(settings, keys);
    verifiers.add(verifier);
    assertEquals("jwt.provider-away", code(verifier, token()));
    assertTrue(asked.await(10, TimeUnit.SECONDS));
    answer.countDown();
    await("taken", () -> code(verifier, token()).isEmpty());
    assertEquals(1, provider.fetches.get());
  }
}
