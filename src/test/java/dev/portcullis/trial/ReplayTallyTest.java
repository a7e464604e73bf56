package dev.portcullis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.audit.AuditEvent.Outcome;
import dev.portcullis.audit.Recorded;
import dev.portcullis.audit.RecordedDecision;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayTallyTest {
  private static final PolicyStore THEN =
      Ruled.by("rules: [{name: old, allow: {groups: [staff]}, proxies: {ports: [6000-6999]}}]");

  /** Everybody but nobody has an account, which owns port 7000. */
  private static final class Accounts extends AccountStore {
    @Override
    public Optional<KnownAccount> find(String name) {
      return name.equals("nobody")
          ? Optional.empty()
          : Optional.of(KnownAccount.newcomer(name, Set.of()));
    }
  }

  private final ReplayTally tally =
      new ReplayTally(
          PolicyCompiler.compileWithoutTests(
                  """
                  rules:
                    - {name: new, allow: {groups: [staff]}, proxies: {ports: [6500-7999]}}
                    - {name: never, deny: {accounts: [eve]}}
                  """)
              .orElseThrow(),
          THEN,
          new Accounts(),
          Owned.store("tcp-port 6001"),
          Proved.nothing());

  private static RecordedDecision decided(Outcome outcome, String code, String account, int port) {
    Facts facts =
        new Facts(
            "NewProxy",
            OffsetDateTime.parse("2026-11-25T12:00:00Z"),
            account,
            Set.of("staff"),
            Map.of(),
            "eu-1",
            Facts.Client.UNKNOWN,
            new Facts.Proxy("ssh", "tcp", port, List.of(), "", "", Map.of()),
            Facts.Visitor.NONE);
    return Recorded.decision(
        outcome, code, account, Ruled.ACTIVE, FactsText.of(facts, key -> true));
  }

  private static ReplayGroupRepresentation group(
      String account, String was, String would, String rule, int count) {
    return new ReplayGroupRepresentation(
        account,
        "NewProxy",
        was,
        would,
        rule,
        count,
        Collections.nCopies(Math.min(count, 5), "7KQ2-M9XB"));
  }

  @Test
  void groupsWhoWouldBeTreatedDifferently() {
    for (int i = 0; i < 9; i++) {
      tally.add(decided(Outcome.ALLOWED, "", "alice", 6100));
    }
    tally.add(decided(Outcome.CHANGED, "", "alice", 6500));
    // what only a rule allowed then is granted by now
    tally.add(decided(Outcome.ALLOWED, "", "alice", 6001));
    tally.add(decided(Outcome.ALLOWED, "", "nobody", 6001));
    // granted then, as no rule allowed it
    tally.add(decided(Outcome.ALLOWED, "", "bob", 9000));
    tally.add(decided(Outcome.REJECTED, "port.not-granted", "bob", 7001));
    tally.add(decided(Outcome.REJECTED, "port.not-granted", "bob", 9001));
    tally.add(decided(Outcome.ALLOWED, "", "eve", 6600));
    tally.add(decided(Outcome.REJECTED, "lease.taken", "eve", 6600));
    tally.add(decided(Outcome.REJECTED, "authentication.no-proof", "", 0));
    tally.add(Recorded.decision(Outcome.ALLOWED, "", "alice", Ruled.ACTIVE, ""));
    tally.add(Recorded.decision(Outcome.ALLOWED, "", "alice", 99, "{}"));
    ReplayResultsRepresentation results = tally.results();
    assertEquals(
        new ReplayResultsRepresentation(
            4,
            12,
            2,
            2,
            0,
            List.of(
                group("alice", "allowed", "rejected", "", 9),
                group("bob", "rejected", "allowed", "new", 1),
                group("eve", "allowed", "rejected", "never", 1),
                group("nobody", "allowed", "rejected", "", 1))),
        results);
    assertEquals(results, ReplayResults.read(ReplayResults.text(results)));
  }

  /** Asked of a policy that asks for no country, and by a server that has no file of them. */
  @Test
  void takesNoVisitorOfUnrecordedCountryForOneWithoutAny() {
    ReplayTally visitors =
        new ReplayTally(
            PolicyCompiler.compileWithoutTests(
                    "rules: [{name: de, deny: {everyone: true}, visitors: {countries: [DE]}}]")
                .orElseThrow(),
            THEN,
            new Accounts(),
            Owned.store(),
            Proved.nothing());
    Facts visit =
        new Facts(
            "NewUserConn",
            OffsetDateTime.parse("2026-11-25T12:00:00Z"),
            "alice",
            Set.of(),
            Map.of(),
            "eu-1",
            Facts.Client.UNKNOWN,
            new Facts.Proxy("ssh", "tcp", 0, List.of(), "", "", Map.of()),
            new Facts.Visitor("192.0.2.1", "", 0));
    visitors.add(
        Recorded.decision(
            Outcome.ALLOWED, "", "alice", Ruled.ACTIVE, FactsText.of(visit, key -> true)));
    assertEquals(1, visitors.results().different());
  }

  @Test
  void failsInAnOutageAndAsksOnceForARevisionThatCantBeUsed() {
    AtomicInteger asked = new AtomicInteger();
    PolicyStore policies =
        new PolicyStore() {
          @Override
          public CompiledRules of(long revision) {
            asked.incrementAndGet();
            if (revision == 1) {
              throw new IllegalStateException("can't be used");
            }
            throw new UncheckedIOException(new IOException("no database"));
          }
        };
    ReplayTally replay =
        new ReplayTally(
            PolicyCompiler.nothing(), policies, new Accounts(), Owned.store(), Proved.nothing());
    RecordedDecision decision = decided(Outcome.ALLOWED, "", "alice", 6000);
    replay.add(Recorded.decision(Outcome.ALLOWED, "", "alice", 1, decision.facts()));
    replay.add(Recorded.decision(Outcome.ALLOWED, "", "alice", 1, decision.facts()));
    assertEquals(2, replay.results().unreadable());
    assertEquals(1, asked.get());
    assertThrows(UncheckedIOException.class, () -> replay.add(decision));
  }

  @Test
  void keepsNoMoreGroupsThanFitInMemory() {
    for (int i = 0; i < 3_000; i++) {
      tally.add(decided(Outcome.REJECTED, "port.none-granted", "a" + i, 7001));
    }
    ReplayResultsRepresentation results = tally.results();
    assertEquals(3_000, results.different());
    assertEquals(1_000, results.groups().size());
    assertEquals(2_000, results.ungrouped());
  }
}
