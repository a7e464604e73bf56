package dev.portcullis.lock;

import dev.portcullis.change.Changed;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Locks, all that may be in force in memory. */
@ApplicationScoped
public class LockStore {
  /** Between two looks whether another replica has changed them; costs nothing when it has not. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private LockRows rows;
  private Periodically periodically;
  private volatile Locks locks = new Locks(List.of());
  private volatile boolean isStale;

  /** For the container's proxy only. */
  protected LockStore() {}

  @Inject
  LockStore(LockRows rows, Periodically periodically) {
    this.rows = rows;
    this.periodically = periodically;
  }

  void load(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    load();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("reading locks that have changed", PAUSE, this::refresh);
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.LOCK) {
      // the commit that tells it may not be over yet
      isStale = true;
    }
  }

  private void refresh() {
    if (isStale) {
      load();
    }
  }

  // one reader at a time: an older state never comes after a newer one
  private synchronized void load() {
    isStale = false;
    boolean read = false;
    try {
      locks = new Locks(rows.standing().stream().map(Lock::known).toList());
      read = true;
    } finally {
      if (!read) {
        isStale = true;
      }
    }
  }

  /** The first lock in force; no I/O. */
  Optional<KnownLock> first(Lockable asked, OffsetDateTime now) {
    return locks.on(asked, now).findFirst();
  }

  /**
   * The locks in force that hold a session off.
   *
   * @param clientAddress as frps writes it
   * @param proxy full name of one of its proxies; empty for the session alone
   */
  public List<LockRepresentation> on(
      String node,
      String account,
      Set<String> groups,
      String clientAddress,
      String proxy,
      OffsetDateTime now) {
    return locks
        .on(new Lockable(node, account, groups, List.of(clientAddress), proxy), now)
        .map(KnownLock::shown)
        .toList();
  }

  List<LockRepresentation> page(String after, int limit) {
    return rows.page(after, limit).stream().map(Lock::representation).toList();
  }

  /** Sets a lock; it is in force here when this returns. */
  LockRepresentation add(Lock lock, String actor) {
    rows.add(lock, actor);
    load();
    return lock.representation();
  }

  /** Lifts a lock; false when there is none of that id. */
  boolean remove(String id, String actor) {
    boolean removed = rows.remove(id, actor);
    load();
    return removed;
  }
}
