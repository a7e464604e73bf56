package dev.portcullis.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Unavailable;
import dev.portcullis.group.SignInWays;
import dev.portcullis.jwt.VerifiedJwt;
import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.secret.Secrets;
import dev.portcullis.secret.Secrets.Purpose;
import dev.portcullis.settings.Given;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaysToSignInTest {
  private static final String JWT =
      base64("{\"alg\":\"RS256\"}") + "." + base64("{\"iss\":\"x\"}") + "." + base64("signature");
  private static final Map<String, String> DIRECTORY =
      Map.of("portcullis.ldap.url", "ldap://127.0.0.1", "portcullis.ldap.user-dn", "uid={0},o=x");
  private static final Map<String, String> PROVIDER =
      Map.of("portcullis.jwt.issuer", "https://sso.example.com", "portcullis.jwt.audience", "frps");
  private static final ClientSpec GATEWAY = new ClientSpec("ssh-tunnel", true);

  private final HandMade made = new HandMade();
  private final Map<String, String> settings = new HashMap<>(DIRECTORY);

  WaysToSignInTest() {
    settings.putAll(PROVIDER);
    settings.put("portcullis.sign-in", "token,password,jwt,ssh");
    account(null, Set.of());
    made.passwords.put("alice:hush", new Known(Set.of("staff")));
    made.passwords.put("carol:hush", new Known(Set.of("staff")));
    made.tokens.put(JWT, new VerifiedJwt("alice", Set.of("staff"), Asked.NOW.plusMinutes(5), "s"));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void account(@Nullable SignInWays own, Set<String> groups) {
    made.accounts.known.put(
        "alice",
        new KnownAccount(
            "alice-id",
            "alice",
            true,
            null,
            groups,
            Set.of(),
            Map.of(),
            own,
            List.of(
                new KnownAccount.Key(
                    "credential-id",
                    new Secrets(Given.settings()).hash(Purpose.CREDENTIAL, "a-token"),
                    null))));
  }

  private static Login login(String user, Map<String, String> metas, String privilegeKey) {
    return new Login(
        "0.70.1", "", "", "", user, "", metas, 1, "203.0.113.7:1", privilegeKey, ClientSpec.NONE);
  }

  private static Login gateway(String user, String address, ClientSpec spec) {
    return new Login("0.70.1", "", "", "", user, "", Map.of(), 1, address, "", spec);
  }

  private static Login by(String meta, String secret) {
    return login("alice", Map.of(meta, secret), "");
  }

  private AccountIdentity admitted(Operation operation) {
    Next<Operation> next = new Next<>();
    assertEquals(
        Decision.allowed(operation), made.policy(next, settings).decide(Asked.of(operation)));
    return next.only().requireAccount();
  }

  private String refused(Operation operation) {
    Next<Operation> next = new Next<>();
    Decision<Operation> decision = made.policy(next, settings).decide(Asked.of(operation));
    assertEquals(0, next.count());
    assertFalse(Asked.reason(decision).contains("hush"));
    return Asked.code(decision);
  }

  private String refusedGranted(SignInWay way) {
    AccountIdentity granted =
        new AccountIdentity("alice-id", "alice", "credential-id", way, null, Set.of(), Map.of());
    Operation ping = new Ping(Asked.user(Map.of()));
    Next<Operation> next = new Next<>();
    Decision<Operation> decision =
        made.policy(next, settings).decide(Asked.of(ping).withAccount(granted));
    return decision instanceof Decision.Allowed ? "allowed" : Asked.code(decision);
  }

  // ---- the ways

  @Test
  void knowsAnAccountByItsPassword() {
    assertEquals(
        new AccountIdentity(
            "alice-id",
            "alice",
            "",
            SignInWay.PASSWORD,
            Asked.NOW.plusDays(1),
            Set.of("staff"),
            Map.of()),
        admitted(by("password", "hush")));
    assertEquals("authentication.wrong-password", refused(by("password", "wrong")));
  }

  @Test
  void knowsAnAccountByAJsonWebTokenInItsMetas() {
    OffsetDateTime until = Asked.NOW.plusMinutes(5).plusDays(1);
    assertEquals(
        new AccountIdentity(
            "alice-id", "alice", "", SignInWay.JWT, until, Set.of("staff"), Map.of()),
        admitted(by("token", JWT)));
  }

  @Test
  void knowsAnAccountByTheJsonWebTokenThatFrpcHasForFrps() {
    assertEquals(SignInWay.JWT, admitted(login("alice", Map.of(), JWT)).way());
    made.jwtConfigured = false;
    assertEquals("authentication.no-token", refused(login("alice", Map.of(), JWT)));
  }

  @Test
  void knowsAnAccountByItsKeyAtTheSshGateway() {
    assertEquals(
        new AccountIdentity("alice-id", "alice", "", SignInWay.SSH, null, Set.of(), Map.of()),
        admitted(gateway("alice", "pipe", GATEWAY)));
    assertEquals("authentication.unknown-account", refused(gateway("bob", "pipe", GATEWAY)));
    assertEquals("authentication.no-user", refused(gateway("", "pipe", GATEWAY)));
  }

  @Test
  void takesNoUserOfAnSshGatewayThatAsksForNoKeys() {
    Login login = gateway("alice", "pipe", new ClientSpec("ssh-tunnel", false));
    assertEquals("authentication.no-ssh-keys", refused(login));
    assertTrue(
        Asked.reason(made.policy(new Next<Operation>(), settings).decide(Asked.of(login)))
            .contains("sshTunnelGateway.authorizedKeysFile"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pipe ", "Pipe", "pipe:1", "http://pipe", "203.0.113.7:1"})
  void takesNobodyOnTheNetworkForTheSshGateway(String address) {
    assertEquals("authentication.no-token", refused(gateway("alice", address, GATEWAY)));
  }

  // ---- one proof counts

  @Test
  void asksForOneProofOnly() {
    assertEquals(
        "authentication.wrong-token",
        refused(login("alice", Map.of("token", "wrong", "password", "hush"), JWT)));
    assertEquals(
        "authentication.wrong-password", refused(login("alice", Map.of("password", "no"), JWT)));
    assertEquals(
        SignInWay.TOKEN,
        admitted(login("alice", Map.of("token", "a-token", "password", "no"), "x")).way());
    assertEquals(
        SignInWay.PASSWORD, admitted(login("alice", Map.of("password", "hush"), "x")).way());
  }

  @Test
  void takesATextThatOnlyLooksLikeAJsonWebTokenForTheTokenThatItIs() {
    made.accounts.known.put(
        "alice",
        new KnownAccount(
            "alice-id",
            "alice",
            true,
            null,
            Set.of(),
            Set.of(),
            Map.of(),
            null,
            List.of(
                new KnownAccount.Key(
                    "odd-id", new Secrets(Given.settings()).hash(Purpose.CREDENTIAL, JWT), null))));
    assertEquals("odd-id", admitted(by("token", JWT)).credentialId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt.expired", "jwt.issuer", "jwt.audience", "jwt.signature"})
  void tellsTheAdministratorAloneWhyAJsonWebTokenDoesNotCount(String code) {
    made.tokens.put(JWT, code);
    assertEquals(code, refused(by("token", JWT)));
    assertEquals(
        Asked.reason(
            made.policy(new Next<Operation>(), settings).decide(Asked.of(by("token", "wrong")))),
        Asked.reason(
            made.policy(new Next<Operation>(), settings).decide(Asked.of(by("token", JWT)))));
  }

  @Test
  void takesAJsonWebTokenForTheAccountAloneThatItNames() {
    made.tokens.put(JWT, new VerifiedJwt("bob", Set.of(), Asked.NOW.plusMinutes(5), null));
    assertEquals("jwt.other-account", refused(by("token", JWT)));
    made.tokens.put(JWT, new VerifiedJwt("Alice", Set.of(), Asked.NOW.plusMinutes(5), null));
    assertEquals("jwt.other-account", refused(by("token", JWT)));
  }

  @Test
  void saysWhenTryingAgainMayHelp() {
    made.passwords.put("alice:hush", new Unavailable("hangs"));
    assertEquals("authentication.directory-away", refused(by("password", "hush")));
    made.tokens.put(JWT, "jwt.provider-away");
    assertEquals("jwt.provider-away", refused(by("token", JWT)));
  }

  // ---- what is open

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // setting | group staff | group ops, of the directory | account | open
        "token|-|-|-|token",
        "token,ssh|-|-|-|token ssh",
        "token|password|-|-|password",
        "token|-|password|-|password",
        "token|password|jwt,ssh|-|password jwt ssh",
        "token,password,jwt,ssh|token|-|-|token",
        "token|password|jwt|ssh|ssh",
        "token|-|-|password,jwt|password jwt",
      })
  void opensWaysByAccountElseByGroupElseBySetting(
      String setting,
      @Nullable String staff,
      @Nullable String ops,
      @Nullable String own,
      String open) {
    settings.put("portcullis.sign-in", setting);
    SignInWays byStaff = SignInWays.ofColumn(staff);
    SignInWays byOps = SignInWays.ofColumn(ops);
    if (byStaff != null) {
      made.groups.put("staff", byStaff);
    }
    if (byOps != null) {
      made.groups.put("ops", byOps);
    }
    account(SignInWays.ofColumn(own), Set.of("staff"));
    made.accounts.known.computeIfPresent(
        "alice", (name, account) -> account.withDirectoryGroups(Set.of("ops")));
    made.passwords.put("alice:hush", new Known(Set.of("ops")));
    made.tokens.put(JWT, new VerifiedJwt("alice", Set.of("ops"), Asked.NOW.plusMinutes(5), null));
    Map<SignInWay, Login> logins =
        Map.of(
            SignInWay.TOKEN, by("token", "a-token"),
            SignInWay.PASSWORD, by("password", "hush"),
            SignInWay.JWT, by("token", JWT),
            SignInWay.SSH, gateway("alice", "pipe", GATEWAY));
    for (SignInWay way : SignInWay.values()) {
      boolean isOpen = List.of(open.split(" ", -1)).contains(way.text());
      if (isOpen) {
        assertEquals(way, admitted(Objects.requireNonNull(logins.get(way))).way());
      } else {
        assertEquals(
            "authentication.way-closed",
            refused(Objects.requireNonNull(logins.get(way))),
            way.text());
      }
      assertEquals(isOpen ? "allowed" : "authentication.way-closed", refusedGranted(way));
    }
  }

  @Test
  void refusesAClosedWayInTheWordsOfAWrongSecret() {
    settings.put("portcullis.sign-in", "ssh");
    assertEquals(
        Asked.reason(
            made.policy(new Next<Operation>(), settings).decide(Asked.of(by("token", "wrong")))),
        Asked.reason(
            made.policy(new Next<Operation>(), settings).decide(Asked.of(by("token", "a-token")))));
  }

  @Test
  void asksNoDirectoryWhereTheAnswerWouldNotCount() {
    account(HandMade.ways(SignInWay.TOKEN), Set.of());
    assertEquals("authentication.way-closed", refused(by("password", "hush")));
    assertEquals(
        "authentication.unknown-account", refused(login("bob", Map.of("password", "hush"), "")));
    assertEquals(
        "authentication.unknown-account",
        refused(login("x".repeat(65), Map.of("password", "hush"), "")));
    assertEquals(List.of(), made.askedDirectory);
  }

  // ---- groups of the directory

  @Test
  void writesDownWhatTheDirectorySaysWhenThatIsNews() {
    account(null, Set.of("friends"));
    assertEquals(Set.of("friends", "staff"), admitted(by("password", "hush")).groups());
    assertEquals(Set.of("friends", "staff"), admitted(by("password", "hush")).groups());
    assertEquals(Set.of("friends", "staff"), admitted(by("token", JWT)).groups());
    assertEquals(Set.of("friends", "staff"), admitted(by("token", "a-token")).groups());
    made.passwords.put("alice:hush", new Known(Set.of()));
    assertEquals(Set.of("friends"), admitted(by("password", "hush")).groups());
    assertEquals(List.of("learn alice [staff]", "learn alice []"), made.accounts.written);
  }

  @Test
  void takesNoGroupThatCanNotBeCalledSo() {
    made.passwords.put("alice:hush", new Known(Set.of("a\nb", "x".repeat(201), " ", "ok")));
    assertEquals(Set.of("ok"), admitted(by("password", "hush")).groups());
  }

  @Test
  void writesNothingOfWhoIsRefusedOrOnlyClosesAProxy() {
    made.groups.put("staff", HandMade.ways(SignInWay.TOKEN));
    assertEquals("authentication.way-closed", refused(by("password", "hush")));
    admitted(new CloseProxy(Asked.user(Map.of("password", "hush")), "alice.web"));
    assertEquals(List.of(), made.accounts.written);
  }

  // ---- first login

  @Test
  void makesAnAccountAtTheFirstLoginWhereThatIsSet() {
    Login login = login("carol", Map.of("password", "hush"), "");
    assertEquals("authentication.unknown-account", refused(login));
    settings.put("portcullis.first-login", "create");
    AccountIdentity carol = admitted(login);
    assertEquals("new-id", carol.id());
    assertEquals(Set.of("staff"), carol.groups());
    made.tokens.put(JWT, new VerifiedJwt("dave", Set.of(), Asked.NOW.plusMinutes(5), null));
    assertEquals("new-id", admitted(login("dave", Map.of(), JWT)).id());
    assertEquals(
        List.of("welcome carol PASSWORD [staff]", "welcome dave JWT []"), made.accounts.written);
  }

  @Test
  void makesNoAccountWithoutProofOrByAWayThatIsClosed() {
    settings.put("portcullis.first-login", "create");
    assertEquals(
        "authentication.wrong-password", refused(login("carol", Map.of("password", "no"), "")));
    assertEquals(
        "authentication.unknown-account", refused(login("carol", Map.of("token", "x"), "")));
    assertEquals("authentication.unknown-account", refused(gateway("carol", "pipe", GATEWAY)));
    made.passwords.put("a.b:hush", new Known(Set.of()));
    assertEquals(
        "authentication.unknown-account", refused(login("a.b", Map.of("password", "hush"), "")));
    settings.put("portcullis.sign-in", "token");
    assertEquals(
        "authentication.way-closed", refused(login("carol", Map.of("password", "hush"), "")));
    made.groups.put("staff", HandMade.ways(SignInWay.JWT));
    assertEquals(
        "authentication.way-closed", refused(login("carol", Map.of("password", "hush"), "")));
    assertEquals(List.of(), made.accounts.written);
    made.groups.put("staff", HandMade.ways(SignInWay.PASSWORD));
    admitted(login("carol", Map.of("password", "hush"), ""));
  }
}
