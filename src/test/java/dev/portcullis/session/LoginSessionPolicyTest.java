package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.revision.Ruled;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginSessionPolicyTest {
  private final Secrets secrets = new Secrets(Given.settings());
  private final HandMadeSessions sessions = new HandMadeSessions();

  @Test
  void mintsARunIdForAFirstLogin() {
    Login first = admitted(Asked.login(Map.of())).content();
    Login second = admitted(Asked.login(Map.of())).content();
    assertTrue(first.runId().matches("[0-9a-f]{16}"), first.runId());
    assertNotEquals(first.runId(), second.runId());
    assertEquals("alice-id", sessions.owners.get(first.runId()));
  }

  @Test
  void keepsTheRunIdOfALaterLoginAndCountsIt() {
    Login login = Asked.login(Map.of()).withRunId(Asked.RUN_ID);
    assertEquals(new SessionIdentity(Asked.RUN_ID, 1), admitted(login).session());
    assertEquals(new SessionIdentity(Asked.RUN_ID, 2), admitted(login).session());
    assertEquals(Asked.RUN_ID, admitted(login).content().runId());
  }

  @Test
  void refusesOneSessionTooManyAndSaysWhichLimit() {
    sessions.inUse = 3;
    Decision<Login> decision =
        new LoginSessionPolicy(
                new Next<>(),
                sessions,
                Ruled.by("limits: [{name: few, for: {everyone: true}, sessions: 3}]"),
                secrets)
            .decide(Asked.byAlice(Asked.login(Map.of())));
    assertEquals("limit.sessions", Asked.code(decision));
    assertTrue(Asked.reason(decision).startsWith("'alice' has 3 of 3 sessions (limit 'few')."));
    assertEquals(Map.of(), sessions.owners);
  }

  @Test
  void signsWhatItHasAdmittedAndChangesNothingElse() {
    DecisionRequest<Login> request =
        admitted(Asked.login(Map.of("site", "berlin")).withRunId(Asked.RUN_ID));
    String grant = request.content().metas().getOrDefault("portcullis-session", "");
    assertEquals(
        Asked.login(Map.of("site", "berlin"))
            .withRunId(Asked.RUN_ID)
            .withMeta("portcullis-session", grant),
        request.content());
    assertEquals(
        Optional.of(SessionGrant.of(Asked.NODE, Asked.ALICE, new SessionIdentity(Asked.RUN_ID, 1))),
        SessionGrant.verify(grant, secrets));
  }

  @Test
  void rejectsARunIdOfAnotherAccount() {
    sessions.owners.put(Asked.RUN_ID, "bob-id");
    assertRejected(Asked.RUN_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "../x", "\u00e4", "a\n", "\u0000"})
  void rejectsARunIdThatIsNone(String runId) {
    assertRejected(runId);
    assertTrue(sessions.owners.isEmpty());
  }

  @Test
  void rejectsALongRunId() {
    assertRejected("x".repeat(65));
    assertEquals("x".repeat(64), admitted(login("x".repeat(64))).content().runId());
  }

  private void assertRejected(String runId) {
    Next<Login> next = new Next<>();
    Decision<Login> decision =
        new LoginSessionPolicy(next, sessions, Ruled.byNothing(), secrets)
            .decide(Asked.byAlice(login(runId)));
    assertEquals("session.foreign-run-id", Asked.code(decision));
    assertEquals(
        "This run id belongs to another account's session. Restart frpc to get one of its own.",
        Asked.reason(decision));
    assertEquals(0, next.count());
  }

  private static Login login(String runId) {
    return Asked.login(Map.of()).withRunId(runId);
  }

  private DecisionRequest<Login> admitted(Login login) {
    Next<Login> next = new Next<>();
    new LoginSessionPolicy(next, sessions, Ruled.byNothing(), secrets).decide(Asked.byAlice(login));
    return next.only();
  }
}
