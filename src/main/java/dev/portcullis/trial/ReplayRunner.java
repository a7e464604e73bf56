package dev.portcullis.trial;

import dev.portcullis.account.AccountStore;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.audit.DecisionSelection;
import dev.portcullis.audit.RecordedDecision;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs the replays that were asked of this replica, one after the other, page by page, and saves
 * every second how far it is.
 */
@ApplicationScoped
class ReplayRunner {
  private static final Logger LOG = System.getLogger(ReplayRunner.class.getName());
  private static final int PAGE = 1_000;
  private static final long SAVED_EVERY = Duration.ofSeconds(1).toNanos();

  private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;
  private ReplayRows rows;
  private AuditStore audit;
  private PolicyStore policies;
  private AccountStore accounts;
  private GrantStore grants;
  private DomainClaimStore claims;
  private Periodically periodically;

  /** For the container's proxy only. */
  protected ReplayRunner() {}

  @Inject
  ReplayRunner(
      ReplayRows rows,
      AuditStore audit,
      PolicyStore policies,
      AccountStore accounts,
      GrantStore grants,
      DomainClaimStore claims,
      Periodically periodically) {
    this.rows = rows;
    this.audit = audit;
    this.policies = policies;
    this.accounts = accounts;
    this.grants = grants;
    this.claims = claims;
    this.periodically = periodically;
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("replaying decisions", Duration.ofMillis(250), this::runWaiting);
  }

  void add(String id) {
    waiting.add(id);
  }

  private void runWaiting() {
    for (String id = waiting.poll(); id != null && !stopped; id = waiting.poll()) {
      rows.find(id).ifPresent(this::run);
    }
  }

  private void run(Replay replay) {
    try {
      CompiledRules draft = policies.meant(replay.revision(), replay.document()).policy();
      runThrough(replay, new ReplayTally(draft, policies, accounts, grants, claims));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A replay has failed: " + replay, e);
      rows.change(
          replay.id(),
          replay.attempt(),
          failed -> failed.fail("It has failed; the server's log says why. Start it again."));
    }
  }

  private void runThrough(Replay replay, ReplayTally tally) {
    DecisionSelection selection = replay.selection();
    long expected = audit.count(selection);
    if (!rows.change(replay.id(), replay.attempt(), started -> started.run(expected))) {
      return;
    }
    long done = 0;
    long saved = System.nanoTime();
    Optional<String> after = Optional.of("");
    while (after.isPresent() && !stopped) {
      List<RecordedDecision> page = audit.decisions(selection, after.get(), PAGE);
      page.forEach(tally::add);
      done += page.size();
      after =
          page.size() < PAGE
              ? Optional.empty()
              : Optional.of(page.get(page.size() - 1).event().id());
      if (System.nanoTime() - saved > SAVED_EVERY || after.isEmpty()) {
        saved = System.nanoTime();
        if (!saved(replay, done, tally, after.isEmpty())) {
          return;
        }
      }
    }
  }

  private boolean saved(Replay replay, long done, ReplayTally tally, boolean isEnd) {
    String results = ReplayResults.text(tally.results());
    rows.queue(List.copyOf(waiting));
    return rows.change(
        replay.id(),
        replay.attempt(),
        row -> {
          row.save(done, results);
          if (isEnd) {
            row.finish();
          }
        });
  }

  @PreDestroy
  void stop() {
    stopped = true;
  }
}
