package dev.portcullis.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.portcullis.settings.Given;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // claims that are null
class JwtVerifierTest {
  private static final Map<String, Object> HEADER = Map.of("alg", "RS256", "kid", "first");

  // what is tried here is the token, not how quick the provider is
  private static final Map<String, String> PATIENT = Map.of("portcullis.jwt.timeout", "PT10S");

  private GivenProvider provider;
  private JwtVerifier verifier;

  @BeforeEach
  void start() throws IOException {
    provider = new GivenProvider();
    verifier = provider.verifier(PATIENT);
  }

  @AfterEach
  void stop() {
    verifier.stop();
    provider.close();
  }

  private String tokenWith(String claim, Object value) {
    Map<String, Object> claims = provider.claims();
    claims.put(claim, value);
    return provider.token(claims);
  }

  private String payload() {
    return JSONObjectUtils.toJSONString(provider.claims());
  }

  private JwtRefusedException refused(String token) {
    JwtRefusedException refused =
        assertThrows(JwtRefusedException.class, () -> verifier.verify(token));
    assertNull(refused.getCause());
    for (String part : token.split("\\.")) {
      assertTrue(part.length() < 8 || !refused.getMessage().contains(part), refused.getMessage());
    }
    return refused;
  }

  private void assertRefused(String code, String token) {
    assertEquals(code, refused(token).code());
  }

  @Test
  void readsAccountGroupsExpiryAndSubject() throws Exception {
    long end = Instant.now().getEpochSecond() + 60;
    Map<String, Object> claims = provider.claims();
    claims.put("exp", end);
    claims.put("groups", List.of("staff", "/company/berlin", "staff"));

    assertEquals(
        new VerifiedJwt(
            "alice",
            Set.of("staff", "/company/berlin"),
            OffsetDateTime.ofInstant(Instant.ofEpochSecond(end), ZoneOffset.UTC),
            "4711"),
        verifier.verify(provider.token(claims)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void takesRsa(String algorithm) throws Exception {
    assertEquals(
        "alice",
        verifier
            .verify(
                GivenProvider.signed(
                    GivenProvider.KEY, JWSAlgorithm.parse(algorithm), provider.claims()))
            .account());
  }

  static Stream<Arguments> curves() {
    return Stream.of(
        Arguments.of(Curve.P_256, JWSAlgorithm.ES256),
        Arguments.of(Curve.P_384, JWSAlgorithm.ES384),
        Arguments.of(Curve.P_521, JWSAlgorithm.ES512));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void takesEllipticCurves(Curve curve, JWSAlgorithm algorithm) throws Exception {
    ECKey key = new ECKeyGenerator(curve).keyID("curve").generate();
    provider.keys(GivenProvider.KEY, key);
    assertEquals(
        "alice",
        verifier.verify(GivenProvider.signed(key, algorithm, provider.claims())).account());
  }

  @Test
  void takesATokenThatNamesNoKeyWhenOneOfThemFits() throws Exception {
    provider.keys(GivenProvider.rsa("other"), GivenProvider.KEY);
    assertEquals(
        "alice",
        verifier
            .verify(GivenProvider.signed(GivenProvider.KEY, Map.of("alg", "RS256"), payload()))
            .account());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
  void takesTheTypesOfAccess(String type) throws Exception {
    assertEquals(
        "alice",
        verifier
            .verify(
                GivenProvider.signed(
                    GivenProvider.KEY,
                    Map.of("alg", "RS256", "kid", "first", "typ", type),
                    payload()))
            .account());
  }

  static Stream<Map<String, Object>> strangeHeaders() {
    return Stream.of(
        Map.of("typ", "logout+jwt"),
        Map.of("typ", "dpop+jwt"),
        Map.of("typ", 7),
        Map.of("typ", ""),
        Map.of("kid", List.of("first")),
        Map.of("crit", List.of("exp")),
        Map.of("crit", List.of("b64"), "b64", true),
        Map.of("crit", List.of()),
        Map.of("crit", "b64"),
        Map.of("b64", false));
  }

  @ParameterizedTest
  @MethodSource("strangeHeaders")
  void refusesHeadersThatDemandSomethingElse(Map<String, Object> members) {
    Map<String, Object> header = new HashMap<>(HEADER);
    header.putAll(members);
    assertRefused("jwt.malformed", GivenProvider.signed(GivenProvider.KEY, header, payload()));
  }

  @Test
  void asksTheProviderAloneForKeysWhateverTheHeaderOffers() throws Exception {
    RSAKey foreign = GivenProvider.rsa("first");
    try (GivenProvider elsewhere = new GivenProvider()) {
      elsewhere.keys(foreign);
      Map<String, Object> header = new HashMap<>(HEADER);
      header.put("jwk", foreign.toPublicJWK().toJSONObject());
      header.put("jku", elsewhere.keysAddress());
      header.put("x5u", elsewhere.keysAddress());
      header.put("x5c", List.of("bm90IGEgY2VydGlmaWNhdGU="));
      assertRefused("jwt.signature", GivenProvider.signed(foreign, header, payload()));
      assertEquals(0, elsewhere.fetches.get());
      // and where the signature holds, they do no harm
      assertEquals(
          "alice",
          verifier.verify(GivenProvider.signed(GivenProvider.KEY, header, payload())).account());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "None",
        "NONE",
        "HS256",
        "HS384",
        "HS512",
        "EdDSA",
        "Ed25519",
        "ES256K",
        "RSA-OAEP",
        "dir",
        "rs256",
        ""
      })
  void refusesOtherAlgorithms(String algorithm) {
    String token =
        Base64URL.encode(JSONObjectUtils.toJSONString(Map.of("alg", algorithm, "kid", "first")))
            + "."
            + Base64URL.encode(payload())
            + "."
            + Base64URL.encode("signature");
    assertRefused("jwt.algorithm", token);
    assertEquals(0, provider.fetches.get());
  }

  @Test
  void refusesTheTokenWithoutASignature() {
    String unsigned =
        Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode(payload()) + ".";
    assertFalse(JwtVerifier.looksLikeJwt(unsigned));
    assertRefused("jwt.malformed", unsigned);
  }

  @Test
  void refusesASecretSignatureWithThePublicKeyForASecret() throws Exception {
    for (byte[] secret :
        List.of(
            GivenProvider.KEY.toRSAPublicKey().getEncoded(),
            GivenProvider.KEY.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8),
            GivenProvider.KEY.getModulus().decode())) {
      String content =
          Base64URL.encode("{\"alg\":\"HS256\",\"kid\":\"first\"}")
              + "."
              + Base64URL.encode(payload());
      Base64URL signature =
          new MACSigner(secret)
              .sign(new JWSHeader(JWSAlgorithm.HS256), content.getBytes(StandardCharsets.US_ASCII));
      assertRefused("jwt.algorithm", content + "." + signature);
    }
  }

  @Test
  void refusesAChangedToken() {
    String[] parts = provider.token(provider.claims()).split("\\.");
    Map<String, Object> claims = provider.claims();
    claims.put("preferred_username", "root");
    Base64URL changed = Base64URL.encode(JSONObjectUtils.toJSONString(claims));
    assertRefused("jwt.signature", parts[0] + "." + changed + "." + parts[2]);
    assertRefused("jwt.signature", parts[0] + "." + parts[1] + "." + Base64URL.encode("short"));
    byte[] signature = new Base64URL(parts[2]).decode();
    signature[9] ^= 1;
    assertRefused("jwt.signature", parts[0] + "." + parts[1] + "." + Base64URL.encode(signature));
    assertRefused(
        "jwt.signature", parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[256]));
  }

  @Test
  void refusesAnEmptyEllipticSignature() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    provider.keys(key);
    String[] parts = GivenProvider.signed(key, JWSAlgorithm.ES256, provider.claims()).split("\\.");
    assertRefused(
        "jwt.signature", parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
  }

  @Test
  void refusesAnotherKeyUnderTheSameId() {
    assertRefused(
        "jwt.signature",
        GivenProvider.signed(GivenProvider.rsa("first"), JWSAlgorithm.RS256, provider.claims()));
  }

  @Test
  void refusesAKeyThatTheProviderDoesNotShow() {
    assertRefused(
        "jwt.unknown-key",
        GivenProvider.signed(GivenProvider.rsa("second"), JWSAlgorithm.RS256, provider.claims()));
  }

  @Test
  void refusesAKeyOfAnotherKindOrUse() throws Exception {
    ECKey curve = new ECKeyGenerator(Curve.P_384).keyID("curve").generate();
    RSAKey encrypting =
        new RSAKey.Builder(GivenProvider.rsa("encrypting")).keyUse(KeyUse.ENCRYPTION).build();
    RSAKey other =
        new RSAKey.Builder(GivenProvider.rsa("other")).algorithm(JWSAlgorithm.PS256).build();
    RSAKey weak = GivenProvider.rsa("weak", 1024);
    provider.keys(curve, encrypting, other, weak);
    Map<String, Object> es256 = Map.of("alg", "ES256", "kid", "curve");
    String[] parts =
        GivenProvider.signed(
                new ECKeyGenerator(Curve.P_256).keyID("curve").generate(), es256, payload())
            .split("\\.");
    assertRefused("jwt.signature", String.join(".", parts));
    for (RSAKey key : List.of(encrypting, other, weak)) {
      assertRefused(
          "jwt.unknown-key",
          GivenProvider.signed(key, Map.of("alg", "RS256", "kid", key.getKeyID()), payload()));
    }
  }

  @Test
  void takesTheKeysItKnowsFromASetWithOthers() throws Exception {
    Map<String, Object> set = new JWKSet(GivenProvider.KEY).toJSONObject();
    List<Object> keys =
        List.of(
            Map.of(
                "kty", "OKP", "crv", "Ed25519", "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
            Map.of("kty", "AKP", "alg", "ML-DSA-44", "pub", "AA"),
            Map.of("kty", "RSA", "kid", "no modulus"),
            Map.of("kty", "oct", "k", "c2VjcmV0"),
            "no key",
            ((List<?>) set.get("keys")).get(0));
    provider.keys(GivenProvider.json(JSONObjectUtils.toJSONString(Map.of("keys", keys))));
    assertEquals("alice", verifier.verify(provider.token(provider.claims())).account());
  }

  @Test
  void refusesAnotherIssuerWithoutAskingForKeys() {
    for (Object issuer :
        Arrays.asList(
            "https://sso.example.com",
            provider.issuer() + "/",
            provider.issuer().toUpperCase(),
            "",
            7,
            List.of(provider.issuer()),
            null)) {
      assertRefused("jwt.issuer", tokenWith("iss", issuer));
    }
    assertEquals(0, provider.discoveries.get() + provider.fetches.get());
  }

  @Test
  void refusesTokensForSomebodyElse() throws Exception {
    for (Object audience :
        Arrays.asList("account", List.of("account", "FRPS"), List.of(), "", null)) {
      assertRefused("jwt.audience", tokenWith("aud", audience));
    }
    assertEquals(
        "The token is made for somebody else; its audience (aud) must name one of frps, portcullis (portcullis.jwt.audience)",
        refused(tokenWith("aud", "account")).getMessage());
    assertEquals(
        "alice", verifier.verify(tokenWith("aud", List.of("account", "portcullis"))).account());
  }

  static Stream<Arguments> times() {
    return Stream.of(
        // claim, seconds from now, code
        Arguments.of("exp", 5L, ""),
        Arguments.of("exp", -20L, ""),
        Arguments.of("exp", -40L, "jwt.expired"),
        Arguments.of("exp", -86_400L, "jwt.expired"),
        Arguments.of("nbf", -5L, ""),
        Arguments.of("nbf", 20L, ""),
        Arguments.of("nbf", 40L, "jwt.not-yet"));
  }

  @ParameterizedTest
  @MethodSource("times")
  void allowsForTheClockSkewAndNoMore(String claim, long fromNow, String code) throws Exception {
    String token = tokenWith(claim, Instant.now().getEpochSecond() + fromNow);
    if (code.isEmpty()) {
      assertEquals("alice", verifier.verify(token).account());
    } else {
      assertRefused(code, token);
    }
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        Arguments.of("exp", null),
        Arguments.of("exp", "4102444800"),
        Arguments.of("exp", -1),
        Arguments.of("exp", 1e300),
        Arguments.of("exp", true),
        Arguments.of("exp", List.of(4_102_444_800L)),
        Arguments.of("nbf", "0"),
        Arguments.of("nbf", Map.of()),
        Arguments.of("aud", 7),
        Arguments.of("aud", Arrays.asList("frps", 7)),
        Arguments.of("aud", Arrays.asList("frps", null)),
        Arguments.of("aud", Map.of("frps", true)),
        Arguments.of("sub", 4711),
        Arguments.of("groups", 7),
        Arguments.of("groups", true),
        Arguments.of("groups", Map.of("staff", true)),
        Arguments.of("groups", List.of("staff", 7)),
        Arguments.of("groups", List.of(List.of("staff"))));
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  void refusesClaimsOfWrongTypes(String claim, Object value) {
    assertRefused("jwt.malformed", tokenWith(claim, value));
  }

  @Test
  void readsFractionsOfSeconds() throws Exception {
    assertEquals(
        OffsetDateTime.of(2100, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
        verifier.verify(tokenWith("exp", 4_102_444_800.9)).expiresAt());
  }

  @ParameterizedTest
  @MethodSource("noAccounts")
  void refusesATokenOfNobody(Object account) {
    assertRefused("jwt.no-account", tokenWith("preferred_username", account));
  }

  static Stream<Object> noAccounts() {
    return Stream.of("", " ", 7, true, List.of("alice"), Map.of("name", "alice"));
  }

  @Test
  void refusesATokenWithoutTheClaimOfTheAccount() {
    assertRefused("jwt.no-account", tokenWith("preferred_username", null));
  }

  private VerifiedJwt verified(Map<String, String> settings, String token) throws Exception {
    Map<String, String> texts = new HashMap<>(PATIENT);
    texts.putAll(settings);
    JwtVerifier other = provider.verifier(texts);
    try {
      return other.verify(token);
    } finally {
      other.stop();
    }
  }

  @Test
  void findsGroupsInsideObjects() throws Exception {
    Map<String, String> nested = Map.of("portcullis.jwt.groups-claim", "realm_access.roles");
    assertEquals(
        Set.of("a", "b"),
        verified(nested, tokenWith("realm_access", Map.of("roles", List.of("a", "b")))).groups());
    assertEquals(
        Set.of("a"), verified(nested, tokenWith("realm_access", Map.of("roles", "a"))).groups());
    assertEquals(Set.of("a"), verified(nested, tokenWith("realm_access.roles", "a")).groups());
    assertEquals(Set.of(), verified(nested, tokenWith("realm_access", Map.of())).groups());
    assertEquals(Set.of(), verified(nested, tokenWith("realm_access", List.of("a"))).groups());
    assertEquals(Set.of(), verified(nested, tokenWith("realm_access", "a")).groups());
    assertEquals(Set.of(), verified(nested, provider.token(provider.claims())).groups());
  }

  @Test
  void findsAClaimWhoseNameHasDots() throws Exception {
    assertEquals(
        Set.of("staff"),
        verified(
                Map.of("portcullis.jwt.groups-claim", "https://example.com/groups"),
                tokenWith("https://example.com/groups", List.of("staff")))
            .groups());
  }

  @Test
  void takesOneGroupAsATextAndNoneAsNone() throws Exception {
    assertEquals(Set.of("staff"), verifier.verify(tokenWith("groups", "staff")).groups());
    assertEquals(Set.of(), verifier.verify(tokenWith("groups", "")).groups());
    assertEquals(Set.of(), verifier.verify(tokenWith("groups", List.of())).groups());
    assertEquals(Set.of(), verifier.verify(tokenWith("groups", null)).groups());
  }

  @Test
  void readsTheAccountWhereTheOperatorSays() throws Exception {
    VerifiedJwt verified =
        verified(Map.of("portcullis.jwt.account-claim", "sub"), provider.token(provider.claims()));
    assertEquals("4711", verified.account());
  }

  @Test
  void doesWithoutASubject() throws Exception {
    assertNull(verifier.verify(tokenWith("sub", null)).subject());
  }

  static Stream<String> noTokens() {
    String header = Base64URL.encode("{\"alg\":\"RS256\"}").toString();
    return Stream.of(
        "",
        ".",
        "..",
        "a.b",
        "a.b.c",
        header + ".e30",
        header + ".e30.",
        header + "..c2ln",
        "." + header + ".c2ln",
        header + ".e30.c2ln.c2ln",
        header + ".e30.c2ln.c2ln.c2ln",
        header + ".e30.c2l+",
        header + ".e30.c2ln=",
        " " + header + ".e30.c2ln",
        header + ".e30.c2ln\n",
        Base64URL.encode("null") + ".e30.c2ln",
        Base64URL.encode("[]") + ".e30.c2ln",
        Base64URL.encode("\"alg\"") + ".e30.c2ln",
        Base64URL.encode("{}") + ".e30.c2ln",
        Base64URL.encode("{\"alg\":7}") + ".e30.c2ln",
        Base64URL.encode("{\"alg\":null}") + ".e30.c2ln",
        Base64URL.encode("{alg:RS256}") + ".e30.c2ln",
        Base64URL.encode("{\"alg\":\"RS256\"") + ".e30.c2ln",
        Base64URL.encode("{\"a\":".repeat(2000)) + ".e30.c2ln",
        header + ".e30." + "A".repeat(16 * 1024));
  }

  @ParameterizedTest
  @MethodSource("noTokens")
  void knowsWhatIsNoToken(String text) {
    assertFalse(JwtVerifier.looksLikeJwt(text));
    assertRefused("jwt.malformed", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "alice", "{\"iss\":", "{iss:1}"})
  void refusesPayloadsWithoutClaims(String payload) {
    assertRefused(
        "jwt.malformed",
        payload.isEmpty()
            ? Base64URL.encode("{\"alg\":\"RS256\"}") + "..c2ln"
            : GivenProvider.signed(GivenProvider.KEY, HEADER, payload));
  }

  @Test
  void knowsAToken() {
    assertTrue(JwtVerifier.looksLikeJwt(provider.token(provider.claims())));
    String head = Base64URL.encode("{\"alg\":\"x\"}") + ".e30.";
    assertTrue(JwtVerifier.looksLikeJwt(head + "A".repeat(16 * 1024 - head.length())));
    assertFalse(JwtVerifier.looksLikeJwt(head + "A".repeat(16 * 1024 - head.length() + 1)));
  }

  @Test
  void takesNoTokenWithoutAnIssuer() {
    JwtVerifier none = new JwtVerifier(Given.settings());
    none.prepare();
    assertFalse(none.isConfigured());
    assertEquals(
        "jwt.not-configured",
        assertThrows(
                JwtRefusedException.class, () -> none.verify(provider.token(provider.claims())))
            .code());
    none.start("started");
    none.stop();
    assertTrue(verifier.isConfigured());
  }

  @Test
  void keepsThePrivateHalfOfAKeyOut() throws Exception {
    // a provider's mistake
    provider.keys(GivenProvider.json(new JWKSet(GivenProvider.KEY).toString(false)));
    JWKSet fetched = new KeyFetch(provider.settings(PATIENT)).getJWKSet(null, 0, null);
    assertEquals(1, fetched.size());
    assertFalse(fetched.containsNonPublicKeys());
    for (JWK key : fetched.getKeys()) {
      assertFalse(key.isPrivate());
    }
  }
}
