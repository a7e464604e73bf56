package dev.portcullis.kick;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.lock.LockRepresentation;
import dev.portcullis.lock.LockStore;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.session.Rung;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LadderPolicyTest {
  private static final List<Rung> LATER =
      List.of(Rung.PING, Rung.NEW_WORK_CONN, Rung.NEW_USER_CONN);

  private static final SessionIdentity SESSION =
      new SessionIdentity(Asked.RUN_ID, 1, new ClientIdentity("203.0.113.7:51234", "", ""));

  private final HandMadeSessions sessions = new HandMadeSessions();

  /** The addresses that are locked. */
  private final Set<String> locked = new HashSet<>(Set.of("203.0.113.7:51234"));

  private final LockStore locks =
      new LockStore() {
        @Override
        public List<LockRepresentation> on(
            String node,
            String account,
            Set<String> groups,
            String clientAddress,
            String proxy,
            OffsetDateTime now) {
          return locked.contains(clientAddress)
              ? List.of(
                  new LockRepresentation(
                      "id", null, null, clientAddress, null, null, "No.", "op", now, null))
              : List.of();
        }
      };

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
          new LadderPolicy<Operation>(new Next<>(), sessions, locks)
              .decide(Asked.byAlice(operation)));
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
    "session.forged-grant, false",
    "rule.denied, false",
    "rule.visitor-not-allowed, false",
    "example.unlocked, false",
  })
  void notesARefusalThatPutsTheClientOut(String code, boolean expected) {
    for (Operation operation : all(Asked.RUN_ID)) {
      Decision<Operation> decision =
          new LadderPolicy<Operation>(request -> Decision.rejected(code, "No."), sessions, locks)
              .decide(Asked.byAlice(operation).withSession(SESSION));
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
      new LadderPolicy<Operation>(request -> Decision.rejected("lock.node", "No."), sessions, locks)
          .decide(Asked.byAlice(operation));
    }
    assertEquals(List.of(), sessions.came);
    assertEquals(List.of(), sessions.refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authentication.wrong-token", "authentication.throttled", "lock.account"})
  void notesNothingOfWhoHasProvedNothing(String code) {
    for (Operation operation : all(Asked.RUN_ID)) {
      new LadderPolicy<Operation>(request -> Decision.rejected(code, "No."), sessions, locks)
          .decide(Asked.of(operation));
    }
    assertEquals(List.of(), sessions.came);
    assertEquals(List.of(), sessions.refused);
  }

  @Test
  void notesNothingOfAnotherAccountThatNamesItsRunId() {
    for (Operation operation : all(Asked.RUN_ID)) {
      new LadderPolicy<Operation>(
              request -> Decision.rejected("session.foreign-run-id", "No."), sessions, locks)
          .decide(Asked.byAlice(operation));
    }
    assertEquals(List.of(), sessions.came);
  }

  @Test
  void doesNotTakeAVisitorWhoseAddressIsLockedForTheClient() {
    locked.clear();
    locked.add("198.51.100.9:40022");
    for (Operation operation : all(Asked.RUN_ID)) {
      if (operation instanceof NewUserConn) {
        new LadderPolicy<Operation>(
                request -> Decision.rejected("lock.address", "No."), sessions, locks)
            .decide(Asked.byAlice(operation).withSession(SESSION));
      }
    }
    assertEquals(List.of(Rung.NEW_USER_CONN), sessions.came);
    assertEquals(List.of(), sessions.refused);
  }
}
