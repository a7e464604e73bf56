package dev.portcullis.kick;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.change.Changed;
import dev.portcullis.database.Tasks;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Operation;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KickPolicyTest {
  private static final String FORGET = "forgetting kicks of sessions that are no more";

  private final List<KnownKick> rows = new ArrayList<>();
  private final Tasks tasks = new Tasks();
  private final HandMadeSessions sessions = new HandMadeSessions();
  private final KickStore kicks = new KickStore(new Rows(), sessions, tasks);

  /** Rows that any replica may write. */
  private final class Rows extends KickRows {
    @Override
    List<KnownKick> all() {
      return List.copyOf(rows);
    }

    @Override
    boolean put(KnownKick wish) {
      return rows.add(wish);
    }

    @Override
    List<Kick> before(OffsetDateTime moment) {
      return rows.stream()
          .filter(kick -> kick.at().isBefore(moment))
          .map(kick -> new Kick(kick.runId(), kick.generation(), kick.proxyName()))
          .toList();
    }

    @Override
    void remove(String runId, long generation) {
      rows.removeIf(kick -> kick.runId().equals(runId) && kick.generation() <= generation);
    }
  }

  private static KnownKick kick(long generation, String proxy) {
    return new KnownKick(Asked.RUN_ID, generation, proxy, "Go home.", "op", Asked.NOW);
  }

  private Set<String> refused(String runId, long generation) {
    Set<String> refused = new TreeSet<>();
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      Decision<Operation> decision =
          new KickPolicy<Operation>(new Next<>(), kicks)
              .decide(Asked.byAlice(operation).withSession(new SessionIdentity(runId, generation)));
      if (decision instanceof Decision.Rejected<Operation> rejected) {
        assertEquals("Go home.", rejected.reason());
        refused.add(operation.name());
      }
    }
    return refused;
  }

  @Test
  void refusesAllLaterOperationsOfTheLoginButTheClosingOfAProxy() {
    kicks.kick(kick(3, ""));
    Set<String> all = Set.of("NewProxy", "NewUserConn", "NewWorkConn", "Ping");
    assertEquals(all, refused(Asked.RUN_ID, 3));
    assertEquals(all, refused(Asked.RUN_ID, 2));
    assertEquals(Set.of(), refused(Asked.RUN_ID, 4));
    assertEquals(Set.of(), refused("other", 3));
  }

  @Test
  void letsTheNextLoginIn() {
    kicks.kick(kick(3, ""));
    Operation login = Asked.login(Map.of()).withRunId(Asked.RUN_ID);
    assertEquals(
        Decision.allowed(login),
        new KickPolicy<Operation>(new Next<>(), kicks).decide(Asked.byAlice(login)));
  }

  @Test
  void refusesOfAProxyWhatTellsItsName() {
    kicks.kick(kick(3, "alice.db"));
    assertEquals(Set.of(), refused(Asked.RUN_ID, 3));
    kicks.kick(kick(3, "alice.web"));
    assertEquals(Set.of("NewProxy", "NewUserConn"), refused(Asked.RUN_ID, 3));
    assertEquals(Set.of(), refused(Asked.RUN_ID, 4));
  }

  @Test
  void tellsTheKickOfTheSessionBeforeThatOfTheProxy() {
    kicks.kick(new KnownKick(Asked.RUN_ID, 3, "alice.web", "Close.", "op", Asked.NOW));
    kicks.kick(kick(3, ""));
    assertEquals(
        List.of("Go home.", "Close."),
        kicks.on(Asked.RUN_ID, 3, "alice.web").map(KnownKick::message).toList());
    assertEquals(4, refused(Asked.RUN_ID, 3).size());
  }

  @Test
  void standsUntilFrpcIsStartedAnewWhereNoLoginIsShown() {
    kicks.kick(kick(0, ""));
    assertEquals(4, refused(Asked.RUN_ID, 0).size());
  }

  @Test
  void readsWhatAnotherReplicaHasKicked() {
    kicks.load(this);
    kicks.start(this);
    rows.add(kick(1, ""));
    tasks.run("reading kicks of other replicas");
    assertEquals(Set.of(), refused(Asked.RUN_ID, 1));
    kicks.changed(new Changed(Changed.Kind.KICK, "all"));
    tasks.run("reading kicks of other replicas");
    assertEquals(4, refused(Asked.RUN_ID, 1).size());
  }

  @Test
  void isForgottenWithItsSessionAndNotBefore() {
    kicks.start(this);
    kicks.kick(kick(1, ""));
    sessions.known.put(Asked.RUN_ID, HandMadeSessions.session(1, "0.70.1", "", Map.of(), Map.of()));
    tasks.run(FORGET);
    assertEquals(4, refused(Asked.RUN_ID, 1).size());
    sessions.known.clear();
    tasks.run(FORGET);
    assertEquals(List.of(), rows);
    assertEquals(Set.of(), refused(Asked.RUN_ID, 1));
  }

  @Test
  void isForgottenWhenALaterLoginHasLongFollowed() {
    kicks.start(this);
    kicks.kick(kick(1, "alice.web"));
    kicks.kick(
        new KnownKick(Asked.RUN_ID, 1, "", "Go home.", "op", OffsetDateTime.now(ZoneOffset.UTC)));
    kicks.kick(kick(2, ""));
    sessions.known.put(Asked.RUN_ID, HandMadeSessions.session(2, "0.70.1", "", Map.of(), Map.of()));
    tasks.run(FORGET);
    assertEquals(List.of(kick(2, "")), rows);
  }
}
