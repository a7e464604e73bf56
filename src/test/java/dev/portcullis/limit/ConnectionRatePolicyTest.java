package dev.portcullis.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.change.Changed;
import dev.portcullis.database.Tasks;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.policy.BanSteps;
import dev.portcullis.revision.Ruled;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionRatePolicyTest {
  private static final String TASK = "writing and reading bans";
  private static final String LIMITS =
      """
      limits:
        - name: web
          for: {everyone: true}
          connections: {per-proxy: 8/10s, per-visitor: 2/10s}
          bans: {after: 2, first: PT1M, factor: 4, longest: PT10M}
      """;

  /** Rows in memory. */
  private static final class Rows extends BanRows {
    final Map<String, Ban> rows = new HashMap<>();
    int races;
    boolean broken;

    @Override
    List<Ban> all(int most) {
      return rows.values().stream().limit(most).toList();
    }

    @Override
    void add(Collection<Ban> bans) {
      if (broken) {
        throw new IllegalStateException("the database is away");
      }
      if (races-- > 0) {
        throw new IllegalStateException(new SQLException("lost", "23505"));
      }
      bans.forEach(ban -> rows.put(ban.accountId() + ban.visitor(), ban));
    }
  }

  private final Rows rows = new Rows();
  private final Tasks tasks = new Tasks();
  private final BanStore bans = started(rows, tasks);
  private long nanos;
  private OffsetDateTime now = Asked.NOW;
  private final ConnectionCounts counts = new ConnectionCounts(() -> nanos);

  private static BanStore started(BanRows rows, Tasks tasks) {
    BanStore bans = new BanStore(rows, tasks);
    bans.load(bans);
    bans.start(bans);
    return bans;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    now = now.plus(time);
  }

  private String come(String from) {
    return come(from, "alice.web", Asked.ALICE, bans);
  }

  private String come(String from, String proxy, AccountIdentity account, BanStore known) {
    Next<NewUserConn> next = new Next<>();
    Decision<NewUserConn> decision =
        new VisitorBanPolicy(new ConnectionRatePolicy(next, Ruled.by(LIMITS), counts, known), known)
            .decide(
                DecisionRequest.of(
                        new NewUserConn(Asked.user(Map.of()), proxy, "tcp", from),
                        Asked.NODE,
                        "id",
                        now)
                    .withAccount(account));
    return decision instanceof Decision.Allowed ? "in" : Asked.code(decision);
  }

  private void exceed(String from) {
    come(from);
    come(from);
    assertEquals("limit.connections", come(from));
    pass(Duration.ofSeconds(10));
  }

  @Test
  void refusesAVisitorBeyondItsRateUntilTheWindowHasPassed() {
    assertEquals("in", come("192.0.2.1:1"));
    pass(Duration.ofSeconds(4));
    assertEquals("in", come("192.0.2.1:2"));
    assertEquals("limit.connections", come("192.0.2.1:3"));
    assertEquals("in", come("192.0.2.2:3"));
    pass(Duration.ofSeconds(6));
    assertEquals("in", come("192.0.2.1:4"));
    assertEquals("limit.connections", come("192.0.2.1:5"));
  }

  @Test
  void takesANetworkOf64BitsForOneVisitor() {
    assertEquals("in", come("[2001:db8::1]:1"));
    assertEquals("in", come("[2001:db8::2]:1"));
    assertEquals("limit.connections", come("[2001:db8::3]:1"));
    assertEquals("in", come("[2001:db8:0:1::3]:1"));
  }

  @Test
  void countsAVisitorOverAllProxiesOfAnAccountAndAccountsApart() {
    AccountIdentity bob = new AccountIdentity("bob-id", "bob", "");
    assertEquals("in", come("192.0.2.1:1", "alice.a", Asked.ALICE, bans));
    assertEquals("in", come("192.0.2.1:1", "alice.b", Asked.ALICE, bans));
    assertEquals("limit.connections", come("192.0.2.1:1", "alice.c", Asked.ALICE, bans));
    assertEquals("in", come("192.0.2.1:1", "bob.a", bob, bans));
  }

  @Test
  void refusesEverybodyBeyondTheRateOfTheProxyAndTakesNothingForWhomItRefuses() {
    for (int i = 0; i < 50; i++) {
      come("192.0.2.1:1");
    }
    for (int i = 2; i < 8; i++) {
      assertEquals("in", come("192.0.2." + i + ":1"));
    }
    assertEquals("limit.connections", come("192.0.2.8:1"));
    assertEquals("in", come("192.0.2.8:1", "alice.other", Asked.ALICE, bans));
  }

  @Test
  void bansWhoGoesOverTheRateAgainAndForLongerEachTime() {
    List<Duration> lengths = new ArrayList<>();
    for (int ban = 0; ban < 4; ban++) {
      exceed("192.0.2.1:1");
      exceed("192.0.2.1:1");
      OffsetDateTime begun = now.minusSeconds(10);
      OffsetDateTime end = bans.bannedUntil("alice-id", "192.0.2.1", now).orElseThrow();
      lengths.add(Duration.between(begun, end));
      assertEquals("limit.banned", come("192.0.2.1:9"));
      assertEquals("in", come("192.0.2." + (10 + ban) + ":9"));
      pass(Duration.between(now, end));
      assertEquals("in", come("192.0.2.1:9"));
      pass(Duration.ofSeconds(20));
    }
    assertEquals(
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10)),
        lengths);
  }

  @Test
  void forgetsABanThatEndedSoLongAgoAsTheLongestLasts() {
    exceed("192.0.2.1:1");
    exceed("192.0.2.1:1");
    pass(Duration.ofMinutes(12));
    exceed("192.0.2.1:1");
    exceed("192.0.2.1:1");
    OffsetDateTime end = bans.bannedUntil("alice-id", "192.0.2.1", now).orElseThrow();
    assertEquals(Duration.ofSeconds(50), Duration.between(now, end));
  }

  @Test
  void isInForceBeforeItIsWrittenAndAtOthersAfter() {
    BanStore other = started(rows, new Tasks());
    Tasks tasksOfThird = new Tasks();
    BanStore third = started(rows, tasksOfThird);
    exceed("192.0.2.1:1");
    exceed("192.0.2.1:1");
    assertEquals(0, rows.rows.size());
    assertEquals("limit.banned", come("192.0.2.1:1"));
    tasks.run(TASK);
    assertEquals(1, rows.rows.size());
    assertEquals("limit.banned", come("192.0.2.1:1"));
    third.changed(new Changed(Changed.Kind.BANS, "all"));
    tasksOfThird.run(TASK);
    assertEquals(
        "limit.banned", come("192.0.2.1:1", "alice.web", Asked.ALICE, third), "has heard of it");
    assertEquals(Optional.empty(), other.bannedUntil("alice-id", "192.0.2.1", now));
  }

  @Test
  void endsEverywhereWhenItIsLifted() {
    exceed("192.0.2.1:1");
    exceed("192.0.2.1:1");
    tasks.run(TASK);
    rows.rows.clear();
    bans.changed(new Changed(Changed.Kind.BANS, "all"));
    tasks.run(TASK);
    assertEquals("in", come("192.0.2.1:1"));
  }

  @Test
  void writesLaterWhatCouldNotBeWritten() {
    exceed("192.0.2.1:1");
    exceed("192.0.2.1:1");
    rows.broken = true;
    assertThrows(IllegalStateException.class, () -> tasks.run(TASK));
    assertEquals("limit.banned", come("192.0.2.1:1"));
    rows.broken = false;
    rows.races = 2;
    tasks.run(TASK);
    assertEquals(1, rows.rows.size());
  }

  @Test
  void bansNobodyWhoseAddressIsNotKnown() {
    for (int i = 0; i < 5; i++) {
      exceed("http://frps.example.com:7000");
    }
    assertEquals(Optional.empty(), bans.bannedUntil("alice-id", "", now));
  }

  @Test
  void makesNoMoreBansThanItKeeps() {
    for (int i = 0; i < BanStore.MOST + 10; i++) {
      bans.ban(
          Asked.ALICE,
          "10.%d.%d.%d".formatted(i / 65536, i / 256 % 256, i % 256),
          "web",
          new BanSteps(1, Duration.ofMinutes(1), 2, Duration.ofHours(1)),
          now);
    }
    tasks.run(TASK);
    assertEquals(BanStore.MOST, rows.rows.size());
    assertTrue(bans.bannedUntil("alice-id", "10.0.0.0", now).isPresent());
  }
}
