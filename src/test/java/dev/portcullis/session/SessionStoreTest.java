package dev.portcullis.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.database.Tasks;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.policy.Limits;
import dev.portcullis.revision.Ruled;
import dev.portcullis.settings.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SessionStoreTest {
  private static final Limits NO_LIMITS =
      Ruled.byNothing().limits(Asked.byAlice(Asked.login(Map.of())));
  private static final AccountIdentity BOB = new AccountIdentity("bob-id", "bob", "credential");

  private final Rows rows = new Rows();
  private final Tasks tasks = new Tasks();
  private final SessionStore sessions =
      new SessionStore(
          rows,
          Given.settings(
              Map.of("portcullis.renewal-interval", "PT7S", "portcullis.session-retention", "P2D")),
          tasks);

  /** Rows of one session, alice's. */
  private static final class Rows extends SessionRows {
    int races;
    String state = "23505";
    boolean broken;
    int asked;
    final List<Collection<String>> seen = new ArrayList<>();
    final List<String> rungs = new ArrayList<>();
    final List<OffsetDateTime> forgotten = new ArrayList<>();

    private void race() {
      asked++;
      if (asked <= races) {
        throw new IllegalStateException(new SQLException("lost", state));
      }
    }

    @Override
    Opening open(Login login, AccountIdentity account, NodeIdentity node, Limits limits) {
      race();
      return account.equals(Asked.ALICE)
          ? new Opening.Opened(new SessionIdentity(login.runId(), 1))
          : new Opening.ForeignRunId();
    }

    @Override
    boolean adopt(String runId, AccountIdentity account, NodeIdentity node) {
      race();
      return account.equals(Asked.ALICE);
    }

    @Override
    void seen(Collection<String> runIds, OffsetDateTime at) {
      if (broken) {
        throw new IllegalStateException("the database is away");
      }
      seen.add(List.copyOf(runIds));
    }

    @Override
    void came(Rung rung, Collection<String> runIds, OffsetDateTime at) {
      rungs.add("came " + rung + " " + new TreeSet<>(runIds));
    }

    @Override
    void refused(Rung rung, Collection<String> runIds, OffsetDateTime at) {
      rungs.add("refused " + rung + " " + new TreeSet<>(runIds));
    }

    @Override
    int forget(OffsetDateTime unseenSince) {
      forgotten.add(unseenSince);
      return 0;
    }
  }

  private final Login login = Asked.login(Map.of()).withRunId(Asked.RUN_ID);

  @Test
  void opensOnceMoreWhenAnotherLoginWasFirst() {
    rows.races = 2;
    assertEquals(
        new Opening.Opened(new SessionIdentity(Asked.RUN_ID, 1)),
        sessions.open(login, Asked.ALICE, Asked.NODE, NO_LIMITS));
    assertEquals(3, rows.asked);
  }

  @Test
  void givesUpWhenItLosesEveryRace() {
    rows.races = 99;
    assertThrows(
        IllegalStateException.class,
        () -> sessions.open(login, Asked.ALICE, Asked.NODE, NO_LIMITS));
    assertTrue(rows.asked > 1 && rows.asked < 20, () -> "asked " + rows.asked);
  }

  @Test
  void triesNothingTwiceThatFailsForAnotherReason() {
    rows.races = 99;
    rows.state = "08006";
    assertThrows(IllegalStateException.class, () -> sessions.adopt("r", Asked.ALICE, Asked.NODE));
    assertEquals(1, rows.asked);
  }

  @Test
  void remembersWhoseARunIdIs() {
    assertTrue(sessions.adopt("r", Asked.ALICE, Asked.NODE));
    assertTrue(sessions.adopt("r", Asked.ALICE, Asked.NODE));
    assertEquals(1, rows.asked);
  }

  @Test
  void asksAgainForAnAccountThatItDoesNotBelongTo() {
    assertTrue(sessions.adopt("r", Asked.ALICE, Asked.NODE));
    assertEquals(false, sessions.adopt("r", BOB, Asked.NODE));
    assertEquals(false, sessions.adopt("r", BOB, Asked.NODE));
    assertEquals(3, rows.asked);
  }

  @Test
  void savesWhatWasSeenOnceAndInBatches() {
    sessions.start(this);
    assertEquals(Duration.ofSeconds(7), tasks.pause("saving when sessions were seen"));
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 1200; i++) {
      seen.add("run" + i);
      sessions.seen("run" + i);
      sessions.seen("run" + i);
    }
    tasks.run("saving when sessions were seen");
    assertEquals(List.of(500, 500, 200), rows.seen.stream().map(Collection::size).toList());
    Set<String> saved = new TreeSet<>();
    rows.seen.forEach(saved::addAll);
    assertEquals(seen, saved);
    tasks.run("saving when sessions were seen");
    assertEquals(3, rows.seen.size());
  }

  @Test
  void savesLaterWhatCouldNotBeSaved() {
    sessions.start(this);
    sessions.seen("run");
    rows.broken = true;
    assertThrows(IllegalStateException.class, () -> tasks.run("saving when sessions were seen"));
    rows.broken = false;
    tasks.run("saving when sessions were seen");
    assertEquals(List.of(List.of("run")), rows.seen);
  }

  @Test
  void savesWhatCameByAndByAndWhatWasRefusedWithinASecond() {
    sessions.start(this);
    for (String runId : List.of("a", "b", "a")) {
      sessions.came(runId, Rung.PING);
      sessions.refused(runId, Rung.LOGIN);
    }
    sessions.refused("a", Rung.NEW_USER_CONN);
    assertEquals(Duration.ofSeconds(1), tasks.pause("saving what was refused"));
    tasks.run("saving what was refused");
    assertEquals(List.of("refused NEW_USER_CONN [a]", "refused LOGIN [a, b]"), rows.rungs);
    tasks.run("saving when sessions were seen");
    tasks.run("saving when sessions were seen");
    tasks.run("saving what was refused");
    assertEquals(3, rows.rungs.size());
    assertEquals("came PING [a, b]", rows.rungs.get(2));
  }

  @Test
  void remembersNothingOfWhatIsNoRunId() {
    sessions.start(this);
    for (String runId : List.of("", "a b", "\u00e9", "x".repeat(65))) {
      sessions.came(runId, Rung.PING);
      sessions.refused(runId, Rung.PING);
    }
    tasks.run("saving what was refused");
    tasks.run("saving when sessions were seen");
    assertEquals(List.of(), rows.rungs);
  }

  @Test
  void forgetsSessionsAfterTheRetention() {
    sessions.start(this);
    tasks.run("forgetting old sessions");
    Duration age = Duration.between(rows.forgotten.get(0), OffsetDateTime.now(ZoneOffset.UTC));
    assertTrue(age.minusDays(2).abs().toMinutes() < 5, age.toString());
  }
}
