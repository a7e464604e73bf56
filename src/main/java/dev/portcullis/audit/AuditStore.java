package dev.portcullis.audit;

import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit log. Events that come while a commit is under way share the next one: whoever gets the
 * lock commits for all that wait, and alone nobody waits for anybody.
 */
@ApplicationScoped
public class AuditStore {
  private static final Logger LOG = System.getLogger(AuditStore.class.getName());
  private static final int BATCH = 200;
  private static final int LATE_LIMIT = 10_000;

  private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock();
  private final AtomicInteger late = new AtomicInteger();
  private AuditRows rows;
  private Periodically periodically;

  private static final class Pending {
    final AuditEvent event;
    final boolean late;
    volatile boolean done;
    volatile @Nullable Exception failure;

    Pending(AuditEvent event, boolean late) {
      this.event = event;
      this.late = late;
    }
  }

  /** For the container's proxy only. */
  protected AuditStore() {}

  @Inject
  AuditStore(AuditRows rows, Periodically periodically) {
    this.rows = rows;
    this.periodically = periodically;
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("writing the audit log", Duration.ofSeconds(1), this::flush);
  }

  /**
   * Records an event and returns when it is committed, whatever becomes of the caller's
   * transaction.
   *
   * @throws RuntimeException when it can't be committed; the caller must then refuse
   */
  public void record(AuditEvent event) {
    Pending pending = new Pending(event, false);
    waiting.add(pending);
    committing.lock();
    try {
      while (!pending.done) {
        commitBatch();
      }
    } finally {
      committing.unlock();
    }
    if (pending.failure != null) {
      throw new IllegalStateException("The audit log can't be written", pending.failure);
    }
  }

  /**
   * Records an event within a second, without waiting. For what must not be slowed: an answer that
   * has gone out already, a caller that has not proved who it is. Beyond 10,000 that wait, events
   * are only logged.
   */
  public void recordLater(AuditEvent event) {
    if (late.incrementAndGet() > LATE_LIMIT) {
      late.decrementAndGet();
      LOG.log(Level.WARNING, "Too many events wait for the audit log; one is lost");
      return;
    }
    waiting.add(new Pending(event, true));
  }

  /** Records an event in the caller's transaction: both are committed, or neither. */
  public void recordWith(AuditEvent event) {
    rows.insertWithCaller(event);
  }

  /**
   * Finds events, the newest first.
   *
   * @param before only events with an id below; empty for the newest
   */
  List<AuditRepresentation> find(AuditFilter filter, String before, int limit) {
    return rows.find(filter, before, limit).stream().map(AuditEvent::representation).toList();
  }

  /** How many decisions are selected. */
  public long count(DecisionSelection selection) {
    return rows.count(selection);
  }

  /**
   * The decisions that are selected, the oldest first.
   *
   * @param after only those with an event id above; empty for the first
   */
  public List<RecordedDecision> decisions(DecisionSelection selection, String after, int limit) {
    return rows.decisions(selection, after.isEmpty() ? selection.first() : after, limit).stream()
        .map(AuditEvent::recorded)
        .toList();
  }

  /**
   * The decision of that id, or the refusal outside any chain; else what a policy that was only
   * tried would have decided.
   */
  public Optional<RecordedDecision> decision(String decisionId) {
    return rows.decision(decisionId).map(AuditEvent::recorded);
  }

  private void flush() {
    committing.lock();
    try {
      while (!waiting.isEmpty()) {
        commitBatch();
      }
    } finally {
      committing.unlock();
    }
  }

  private void commitBatch() {
    List<Pending> batch = new ArrayList<>();
    for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
      if (batch.size() == BATCH) {
        break;
      }
    }
    Exception failure = null;
    try {
      rows.insert(batch.stream().map(pending -> pending.event).toList());
    } catch (Exception e) {
      // servers' interceptors throw checked ones that no method declares
      failure = e;
      LOG.log(Level.ERROR, "The audit log can't be written: " + batch.size() + " events lost", e);
    }
    for (Pending pending : batch) {
      pending.failure = failure;
      pending.done = true;
      if (pending.late) {
        late.decrementAndGet();
      }
    }
  }

  @PreDestroy
  void stop() {
    flush();
  }
}
