package dev.portcullis.kick;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Operation;
import dev.portcullis.session.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderPolicyTest {
  private static final List<Rung> LATER =
      List.of(Rung.PING, Rung.NEW_WORK_CONN, Rung.NEW_USER_CONN);

  private final HandMadeSessions sessions = new HandMadeSessions();

  private static List<Operation> all(String runId) {
    List<Operation> all = new ArrayList<>(Asked.later(new FrpUser("alice", Map.of(), runId)));
    all.add(Asked.login(Map.of()).withRunId(runId));
    return all;
  }

  @Test
  void notesWhatFrpsAsksOfASession() {
    for (Operation operation : all(Asked.RUN_ID)) {
      assertEquals(
          Decision.allowed(operation),
          new LadderPolicy<Operation>(new Next<>(), sessions).decide(Asked.of(operation)));
    }
    assertEquals(LATER, sessions.came);
    assertEquals(List.of(), sessions.refused);
  }

  @ParameterizedTest
  @CsvSource({
    "lock.account, true",
    "lock.address, true",
    "kick.session, true",
    "kick.proxy, true",
    "authentication.account-disabled, true",
    "authentication.account-deleted, true",
    "session.credential-expired, true",
    "session.foreign-run-id, false",
    "session.forged-grant, false",
    "rule.denied, false",
    "rule.visitor-not-allowed, false",
    "example.unlocked, false",
  })
  void notesARefusalThatPutsTheClientOut(String code, boolean expected) {
    for (Operation operation : all(Asked.RUN_ID)) {
      Decision<Operation> decision =
          new LadderPolicy<Operation>(request -> Decision.rejected(code, "No."), sessions)
              .decide(Asked.of(operation));
      assertEquals(code, Asked.code(decision));
    }
    List<Rung> rungs = new ArrayList<>(LATER);
    rungs.add(Rung.LOGIN);
    assertEquals(expected ? rungs : List.of(), sessions.refused);
    assertEquals(LATER, sessions.came);
  }

  @Test
  void notesNothingWhereFrpsTellsNoRunId() {
    for (Operation operation : all("")) {
      new LadderPolicy<Operation>(request -> Decision.rejected("lock.node", "No."), sessions)
          .decide(Asked.of(operation));
    }
    assertEquals(List.of(), sessions.came);
    assertEquals(List.of(), sessions.refused);
  }
}
