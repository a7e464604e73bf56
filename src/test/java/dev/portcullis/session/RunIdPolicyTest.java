package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunIdPolicyTest {
  private final HandMadeSessions sessions = new HandMadeSessions();

  @Test
  void bindsARunIdToTheFirstAccountThatIsSeenWithIt() {
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      DecisionRequest<Operation> request = passed(Asked.byAlice(operation));
      assertEquals(new SessionIdentity(Asked.RUN_ID, 0), request.session());
    }
    assertEquals(Map.of(Asked.RUN_ID, "alice-id"), sessions.owners);
    assertEquals(5, sessions.seen.size());
  }

  @Test
  void rejectsAnotherAccountWithIt() {
    passed(Asked.byAlice(new Ping(Asked.user(Map.of()))));
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      assertRejected(
          Asked.of(operation).withAccount(new AccountIdentity("bob-id", "bob", "credential")));
    }
    assertEquals(List.of(Asked.RUN_ID), sessions.seen);
  }

  @Test
  void rejectsAWorkConnectionOfAnotherSession() {
    for (String runId : List.of("0000000000000000", "")) {
      assertRejected(Asked.byAlice(new NewWorkConn(Asked.user(Map.of()), runId)));
    }
  }

  @Test
  void rejectsARunIdThatIsNone() {
    for (String runId : List.of(" ", "a/b", "x".repeat(65))) {
      assertRejected(Asked.byAlice(new Ping(new FrpUser("alice", Map.of(), runId))));
    }
    assertTrue(sessions.owners.isEmpty());
  }

  @Test
  void leavesAloneWhatASessionIsKnownOf() {
    SessionIdentity session = new SessionIdentity(Asked.RUN_ID, 3);
    DecisionRequest<Operation> request =
        passed(Asked.byAlice((Operation) new Ping(Asked.user(Map.of()))).withSession(session));
    assertEquals(session, request.session());
    assertTrue(sessions.owners.isEmpty());
  }

  @Test
  void leavesLoginsAlone() {
    Operation login = Asked.login(Map.of()).withRunId(Asked.RUN_ID);
    assertNull(passed(Asked.byAlice(login)).session());
    assertTrue(sessions.owners.isEmpty());
  }

  @Test
  void leavesAFrpsAloneThatTellsNoRunId() {
    Operation ping = new Ping(new FrpUser("alice", Map.of(), ""));
    assertNull(passed(Asked.byAlice(ping)).session());
    assertTrue(sessions.owners.isEmpty());
  }

  private DecisionRequest<Operation> passed(DecisionRequest<Operation> request) {
    Next<Operation> next = new Next<>();
    assertEquals(
        Decision.allowed(request.content()), new RunIdPolicy<>(next, sessions).decide(request));
    assertEquals(request.content(), next.only().content());
    return next.only();
  }

  private void assertRejected(DecisionRequest<Operation> request) {
    Next<Operation> next = new Next<>();
    assertEquals(
        "session.foreign-run-id", Asked.code(new RunIdPolicy<>(next, sessions).decide(request)));
    assertEquals(0, next.count());
  }
}
