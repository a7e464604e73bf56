package dev.portcullis.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.ClientSpec;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.secret.Secrets;
import dev.portcullis.secret.Secrets.Purpose;
import dev.portcullis.settings.Given;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationPolicyTest {
  private static final String TOKEN = "s3cr<et>";
  private static final String WORDING =
      "Portcullis does not admit this user with this secret. Check user, and metadatas.token,"
          + " metadatas.password or auth.oidc, in frpc's configuration, or ask whoever runs the"
          + " server.";
  private static final Secrets SECRETS = new Secrets(Given.settings());
  private static final AccountIdentity ALICE =
      new AccountIdentity("alice-id", "alice", "credential-id");

  private final HandMade made = new HandMade();
  private final HandMade.Accounts accounts = made.accounts;

  AuthenticationPolicyTest() {
    account(true, null, null);
  }

  private void account(
      boolean enabled, @Nullable OffsetDateTime end, @Nullable OffsetDateTime credentialEnd) {
    accounts.known.put(
        "alice",
        new KnownAccount(
            "alice-id",
            "alice",
            enabled,
            end,
            Set.of(),
            Set.of(),
            Map.of(),
            null,
            List.of(
                new KnownAccount.Key("other-id", SECRETS.hash(Purpose.CREDENTIAL, "another"), null),
                new KnownAccount.Key(
                    "credential-id", SECRETS.hash(Purpose.CREDENTIAL, TOKEN), credentialEnd))));
  }

  @Test
  void knowsAnAccountByItsToken() {
    Login login = Asked.login(Map.of("token", TOKEN));
    assertEquals(ALICE, admitted(Asked.of(login)).account());
    Login other = Asked.login(Map.of("token", "another"));
    assertEquals(
        new AccountIdentity("alice-id", "alice", "other-id"), admitted(Asked.of(other)).account());
  }

  @Test
  void tellsTheTraceWhoItIs() {
    DecisionRequest<Login> request = Asked.of(Asked.login(Map.of("token", TOKEN)));
    admitted(request);
    assertEquals(Optional.of(ALICE), request.trace().account());
  }

  @Test
  void knowsLaterOperationsByTheirMetasWhereTheNodeLetsIt() {
    for (Operation operation : Asked.later(Asked.user(Map.of("token", TOKEN)))) {
      assertEquals(ALICE, admitted(Asked.of(operation)).account());
    }
  }

  @Test
  void rejectsLaterOperationsWithoutAGrantWhereTheNodeDoesNot() {
    made.byMetas = false;
    for (Operation operation : Asked.later(Asked.user(Map.of("token", TOKEN)))) {
      Decision<Operation> decision = decide(Asked.of(operation));
      assertEquals("session.no-grant", Asked.code(decision));
      assertEquals(
          "This operation belongs to no session that Portcullis has admitted. Restart frpc; if it"
              + " comes again, frps must send its Login operation to Portcullis too.",
          Asked.reason(decision));
    }
    assertEquals(List.of(), accounts.asked);
    assertEquals(ALICE, admitted(Asked.of(Asked.login(Map.of("token", TOKEN)))).account());
  }

  @Test
  void admitsAGrantedOperationWithoutAToken() {
    made.byMetas = false;
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      DecisionRequest<Operation> request =
          admitted(Asked.byAlice(operation).withSession(new SessionIdentity(Asked.RUN_ID, 3)));
      assertEquals(ALICE, request.account());
    }
  }

  @Test
  void hasACodeForEveryWayToFailAndOneWording() {
    Set<String> codes = new TreeSet<>();

    codes.add(refusal(login("", TOKEN)));
    codes.add(refusal(login("alice", "")));
    codes.add(refusal(login("nobody", TOKEN)));
    codes.add(refusal(login("alice", "wrong")));
    account(false, null, null);
    codes.add(refusal(login("alice", TOKEN)));
    account(true, Asked.NOW, null);
    codes.add(refusal(login("alice", TOKEN)));
    account(true, null, Asked.NOW);
    codes.add(refusal(login("alice", TOKEN)));
    account(true, null, null);
    codes.add(refusal(granted(new AccountIdentity("former-id", "alice", "credential-id"))));
    codes.add(refusal(granted(new AccountIdentity("alice-id", "alice", "revoked-id"))));

    assertEquals(
        Set.of(
            "authentication.no-user",
            "authentication.no-token",
            "authentication.unknown-account",
            "authentication.wrong-token",
            "authentication.account-disabled",
            "authentication.account-expired",
            "authentication.credential-expired",
            "authentication.account-deleted",
            "authentication.credential-revoked"),
        codes);
  }

  @Test
  void rejectsALoginWithoutMetas() {
    assertEquals("authentication.no-token", refusal(Asked.of((Operation) Asked.login(Map.of()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Token", "TOKEN", "token ", "portcullis-session"})
  void readsTheTokenFromItsOwnMetaOnly(String key) {
    assertEquals(
        "authentication.no-token", refusal(Asked.of((Operation) Asked.login(Map.of(key, TOKEN)))));
  }

  @Test
  void asksForNoAccountOfALongName() {
    assertEquals("authentication.unknown-account", refusal(login("x".repeat(65), TOKEN)));
    assertEquals("authentication.unknown-account", refusal(login("x".repeat(100_000), TOKEN)));
    assertEquals(List.of(), accounts.asked);
    refusal(login("x".repeat(64), TOKEN));
    assertEquals(List.of("x".repeat(64)), accounts.asked);
  }

  @Test
  void takesNoHashForAToken() {
    assertEquals(
        "authentication.wrong-token",
        refusal(login("alice", SECRETS.hash(Purpose.CREDENTIAL, TOKEN))));
  }

  @Test
  void takesNoTokenUnderAnotherKey() {
    Decision<Operation> decision =
        made.policy(
                new Next<Operation>(),
                Map.of("portcullis.key", "another key of at least 32 letters"))
            .decide(login("alice", TOKEN));
    assertEquals("authentication.wrong-token", Asked.code(decision));
  }

  @Test
  void asksAtEveryOperationWhetherTheAccountStillMay() {
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      if (!(operation instanceof CloseProxy)) {
        DecisionRequest<Operation> request = Asked.byAlice(operation);
        account(false, null, null);
        assertEquals("authentication.account-disabled", refusal(request));
        account(true, Asked.NOW.minusNanos(1000), null);
        assertEquals("authentication.account-expired", refusal(request));
        account(true, null, Asked.NOW.minusNanos(1000));
        assertEquals("authentication.credential-expired", refusal(request));
        account(true, Asked.NOW.plusNanos(1000), Asked.NOW.plusNanos(1000));
        admitted(request);
        accounts.known.clear();
        assertEquals("authentication.account-deleted", refusal(request));
        account(true, null, null);
      }
    }
  }

  @Test
  void letsAProxyBeClosedWhateverHasBecomeOfItsAccount() {
    Operation close = new CloseProxy(Asked.user(Map.of()), "alice.web");
    account(false, Asked.NOW, Asked.NOW);
    assertEquals(ALICE, admitted(Asked.byAlice(close)).account());
    accounts.known.clear();
    assertEquals(ALICE, admitted(Asked.byAlice(close)).account());
  }

  @Test
  void letsADisabledAccountCloseAProxyByItsTokenButNobodyElse() {
    account(false, Asked.NOW, Asked.NOW);
    Operation close = new CloseProxy(Asked.user(Map.of("token", TOKEN)), "alice.web");
    assertEquals(ALICE, admitted(Asked.of(close)).account());
    Operation foreign = new CloseProxy(Asked.user(Map.of("token", "wrong")), "alice.web");
    assertEquals("authentication.wrong-token", refusal(Asked.of(foreign)));
  }

  @Test
  void saysNothingOfAnAccountThatItDoesNotAdmit() {
    DecisionRequest<Operation> request = login("alice", "wrong");
    refusal(request);
    assertEquals(Optional.empty(), request.trace().account());
    assertNull(request.account());
  }

  @Test
  void changesNothing() {
    NewProxy proxy = Asked.proxy("tcp");
    assertEquals(proxy, admitted(Asked.byAlice(proxy)).content());
    Ping ping = new Ping(Asked.user(Map.of("token", TOKEN)));
    assertEquals(ping, admitted(Asked.of(ping)).content());
  }

  private static DecisionRequest<Operation> login(String user, String token) {
    return Asked.of(
        new Login(
            "0.70.1",
            "",
            "",
            "",
            user,
            "",
            Map.of("token", token),
            1,
            "",
            "a-privilege-key",
            ClientSpec.NONE));
  }

  private static DecisionRequest<Operation> granted(AccountIdentity account) {
    return Asked.of((Operation) new Ping(new FrpUser("alice", Map.of(), Asked.RUN_ID)))
        .withAccount(account);
  }

  private String refusal(DecisionRequest<Operation> request) {
    Decision<Operation> decision = decide(request);
    assertEquals(WORDING, Asked.reason(decision));
    return Asked.code(decision);
  }

  private Decision<Operation> decide(DecisionRequest<Operation> request) {
    Next<Operation> next = new Next<>();
    Decision<Operation> decision = made.policy(next, Map.of()).decide(request);
    assertEquals(decision instanceof Decision.Allowed ? 1 : 0, next.count());
    return decision;
  }

  private <C extends Operation> DecisionRequest<C> admitted(DecisionRequest<C> request) {
    Next<C> next = new Next<>();
    Decision<C> decision = made.policy(next, Map.of()).decide(request);
    assertEquals(Decision.allowed(request.content()), decision);
    return next.only();
  }
}
