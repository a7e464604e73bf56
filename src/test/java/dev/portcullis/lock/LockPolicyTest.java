package dev.portcullis.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.change.Changed;
import dev.portcullis.database.Tasks;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LockPolicyTest {
  private static final String READ = "reading locks that have changed";

  private final List<Lock> rows = new ArrayList<>();
  private final Tasks tasks = new Tasks();
  private final Rows database = new Rows();
  private final LockStore locks = new LockStore(database, tasks);

  /** Rows that any replica may write. */
  private final class Rows extends LockRows {
    boolean isAway;
    int readings;

    @Override
    List<Lock> standing() {
      readings++;
      if (isAway) {
        throw new IllegalStateException("the database is away");
      }
      return List.copyOf(rows);
    }

    @Override
    void add(Lock lock, String actor) {
      rows.add(lock);
    }

    @Override
    boolean remove(String id, String actor) {
      return rows.removeIf(lock -> lock.representation().id().equals(id));
    }
  }

  private static Lock lock(LockKind kind, String target) {
    return new Lock(kind, target, "", "Call the help desk.", "op", null);
  }

  private static List<Operation> all() {
    List<Operation> all = new ArrayList<>(Asked.later(Asked.user(Map.of())));
    all.add(Asked.login(Map.of()));
    return all;
  }

  private <C extends Operation> Decision<C> decide(C operation) {
    DecisionRequest<C> request = Asked.byAlice(operation);
    return new LockPolicy<C>(new Next<>(), locks)
        .decide(
            operation instanceof Login
                ? request
                : request.withSession(
                    new SessionIdentity(
                        Asked.RUN_ID, 1, new ClientIdentity("203.0.113.7:51234", "", ""))));
  }

  private Set<String> refused() {
    Set<String> refused = new TreeSet<>();
    for (Operation operation : all()) {
      if (decide(operation) instanceof Decision.Rejected<Operation> rejected) {
        assertEquals("Call the help desk.", rejected.reason());
        refused.add(operation.name());
      }
    }
    return refused;
  }

  @Test
  void refusesEveryOperationButTheClosingOfAProxy() {
    Set<String> allButClosing = new TreeSet<>();
    all().forEach(operation -> allButClosing.add(operation.name()));
    allButClosing.remove("CloseProxy");
    for (Lock lock :
        List.of(
            lock(LockKind.ACCOUNT, "alice"),
            lock(LockKind.NODE, "frps-1"),
            lock(LockKind.ADDRESS, "203.0.113.0/24"))) {
      locks.add(lock, "op");
      assertEquals(allButClosing, refused(), lock.toString());
      locks.remove(lock.representation().id(), "op");
      assertEquals(Set.of(), refused());
    }
  }

  @Test
  void refusesOfAProxyWhatTellsItsName() {
    locks.add(lock(LockKind.PROXY, "alice.*"), "op");
    assertEquals(Set.of("NewProxy", "NewUserConn"), refused());
    assertEquals("lock.proxy", Asked.code(this.<NewProxy>decide(Asked.proxy("tcp"))));
  }

  @Test
  void holdsAVisitorOffByItsOwnAddress() {
    locks.add(lock(LockKind.ADDRESS, "198.51.100.0/24"), "op");
    assertEquals(Set.of("NewUserConn"), refused());
    assertEquals(
        "lock.address",
        Asked.code(
            decide(
                new NewUserConn(
                    Asked.user(Map.of()), "alice.web", "tcp", "[::ffff:198.51.100.1]:9"))));
  }

  @Test
  void letsACloseProxyThroughThatNoAccountStandsBehind() {
    CloseProxy close = new CloseProxy(Asked.user(Map.of()), "alice.web");
    assertEquals(
        Decision.allowed(close),
        new LockPolicy<CloseProxy>(new Next<>(), locks).decide(Asked.of(close)));
  }

  @Test
  void readsWhatAnotherReplicaHasChangedAndNothingElse() {
    locks.load(this);
    locks.start(this);
    tasks.run(READ);
    assertEquals(1, database.readings);
    rows.add(lock(LockKind.ACCOUNT, "alice"));
    locks.changed(new Changed(Changed.Kind.ACCOUNT, "alice"));
    tasks.run(READ);
    assertEquals(Set.of(), refused());
    locks.changed(new Changed(Changed.Kind.LOCK, "all"));
    tasks.run(READ);
    tasks.run(READ);
    assertEquals(5, refused().size());
    assertEquals(2, database.readings);
  }

  @Test
  void keepsItsLocksWhileTheDatabaseIsAwayAndReadsAgain() {
    locks.add(lock(LockKind.ACCOUNT, "alice"), "op");
    locks.start(this);
    rows.clear();
    database.isAway = true;
    locks.changed(new Changed(Changed.Kind.LOCK, "all"));
    assertThrows(IllegalStateException.class, () -> tasks.run(READ));
    assertEquals(5, refused().size());
    database.isAway = false;
    tasks.run(READ);
    assertEquals(Set.of(), refused());
  }
}
