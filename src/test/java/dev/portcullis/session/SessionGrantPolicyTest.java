package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionGrantPolicyTest {
  private static final SessionIdentity SESSION = new SessionIdentity(Asked.RUN_ID, 3);

  private final Secrets secrets = new Secrets(Given.settings());
  private final HandMadeSessions sessions = new HandMadeSessions();
  private final Next<Operation> next = new Next<>();
  private final SessionGrantPolicy<Operation> policy =
      new SessionGrantPolicy<>(next, sessions, secrets);
  private final String grant = SessionGrant.of(Asked.NODE, Asked.ALICE, SESSION).sign(secrets);

  @Test
  void knowsAccountAndSessionByTheGrant() {
    for (Operation operation : Asked.later(user("alice", grant, Asked.RUN_ID))) {
      Next<Operation> further = new Next<>();
      assertEquals(
          Decision.allowed(operation),
          new SessionGrantPolicy<>(further, sessions, secrets).decide(Asked.of(operation)));
      assertEquals(Asked.ALICE, further.only().account());
      assertEquals(SESSION, further.only().session());
      assertEquals(operation, further.only().content());
    }
    assertEquals(
        List.of(Asked.RUN_ID, Asked.RUN_ID, Asked.RUN_ID, Asked.RUN_ID, Asked.RUN_ID),
        sessions.seen);
  }

  @Test
  void acceptsAFrpsThatTellsNoRunId() {
    Operation proxy = Asked.later(user("alice", grant, "")).get(0);
    assertEquals(Decision.allowed(proxy), policy.decide(Asked.of(proxy)));
    assertEquals(SESSION, next.only().session());
  }

  @Test
  void leavesAnOperationWithoutAGrantToOthers() {
    for (Operation operation : Asked.later(Asked.user(Map.of("token", "t")))) {
      Next<Operation> further = new Next<>();
      assertEquals(
          Decision.allowed(operation),
          new SessionGrantPolicy<>(further, sessions, secrets).decide(Asked.of(operation)));
      assertNull(further.only().account());
      assertNull(further.only().session());
    }
    assertTrue(sessions.seen.isEmpty());
  }

  @Test
  void ignoresAGrantThatAClientBringsToItsLogin() {
    Operation login = Asked.login(Map.of(SessionGrant.META, grant));
    assertEquals(Decision.allowed(login), policy.decide(Asked.of(login)));
    assertNull(next.only().account());
  }

  @Test
  void endsASessionWhoseProofHasServedItsTime() {
    for (SignInWay way : List.of(SignInWay.JWT, SignInWay.PASSWORD)) {
      for (long seconds : List.of(-1L, 0L, 1L)) {
        AccountIdentity account =
            new AccountIdentity(
                "alice-id", "alice", "", way, Asked.NOW.plusSeconds(seconds), Set.of(), Map.of());
        String text = SessionGrant.of(Asked.NODE, account, SESSION).sign(secrets);
        for (Operation operation : Asked.later(user("alice", text, Asked.RUN_ID))) {
          Decision<Operation> decision =
              new SessionGrantPolicy<>(new Next<Operation>(), sessions, secrets)
                  .decide(Asked.of(operation));
          // a lease is freed all the same
          if (seconds >= 0 || operation instanceof CloseProxy) {
            assertEquals(Decision.allowed(operation), decision);
          } else {
            assertEquals("session.credential-expired", Asked.code(decision));
            assertEquals(
                "What this client has logged in with has expired. Log in again: restart frpc,"
                    + " with a new token if it does not get one by itself.",
                Asked.reason(decision));
          }
        }
      }
    }
  }

  @Test
  void rejectsAForgedGrant() {
    for (String forged :
        List.of("", "x", grant + "0", grant.replace('.', ','), "0" + grant.substring(1))) {
      assertRejected("session.forged-grant", user("alice", forged, Asked.RUN_ID));
    }
    Secrets others = new Secrets(Given.underKey("another key of at least 32 letters"));
    assertRejected(
        "session.forged-grant",
        user(
            "alice", SessionGrant.of(Asked.NODE, Asked.ALICE, SESSION).sign(others), Asked.RUN_ID));
  }

  @Test
  void rejectsAGrantOfAnotherNode() {
    String other =
        SessionGrant.of(new NodeIdentity("other-id", "frps-1"), Asked.ALICE, SESSION).sign(secrets);
    assertRejected("session.other-node", user("alice", other, Asked.RUN_ID));
  }

  @Test
  void rejectsAGrantOfAnotherUser() {
    for (String user : List.of("bob", "", "Alice", "alice.", "alice ")) {
      assertRejected("session.other-user", user(user, grant, Asked.RUN_ID));
    }
  }

  @Test
  void rejectsAGrantOfAnotherRunId() {
    for (String runId : List.of("0000000000000000", "5C5FCD8E9CA3F1D0", " ")) {
      assertRejected("session.other-run-id", user("alice", grant, runId));
    }
  }

  @Test
  void rejectsAWorkConnectionOfAnotherSession() {
    for (String runId : List.of("0000000000000000", "")) {
      Decision<Operation> decision =
          policy.decide(Asked.of(new NewWorkConn(user("alice", grant, Asked.RUN_ID), runId)));
      assertEquals("session.other-run-id", Asked.code(decision));
    }
    assertEquals(0, next.count());
    assertTrue(sessions.seen.isEmpty());
  }

  private void assertRejected(String code, FrpUser user) {
    for (Operation operation : Asked.later(user)) {
      Decision<Operation> decision = policy.decide(Asked.of(operation));
      assertEquals(code, Asked.code(decision));
      assertEquals(
          "This operation does not belong to the session that Portcullis has admitted. Restart"
              + " frpc; if it comes again, give all plugin entries of one frps the same node name"
              + " and secret.",
          Asked.reason(decision));
    }
    assertEquals(0, next.count());
    assertTrue(sessions.seen.isEmpty());
  }

  private static FrpUser user(String name, String grant, String runId) {
    return new FrpUser(name, Map.of(SessionGrant.META, grant), runId);
  }
}
