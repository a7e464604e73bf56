package dev.portcullis.change;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;

/** The change log. */
@ApplicationScoped
public class ChangeStore {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry registry;

  private Event<Changed> events;

  /** For the container's proxy only. */
  protected ChangeStore() {}

  @Inject
  ChangeStore(Event<Changed> events) {
    this.events = events;
  }

  /**
   * Enters a change in the caller's transaction. Observers hear of it after the commit, before the
   * caller's method returns.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void enter(Changed changed) {
    // the lock makes revisions appear in the order of commits, so that no poller skips one
    Revision revision =
        entities.find(Revision.class, Revision.ONLY, LockModeType.PESSIMISTIC_WRITE);
    long next = revision.next();
    Change known = entities.find(Change.class, Change.id(changed));
    if (known == null) {
      entities.persist(new Change(changed, next));
    } else {
      known.revision(next);
    }
    registry.registerInterposedSynchronization(new AfterCommit(() -> events.fire(changed)));
  }

  // not a transactional observer: TomEE can't fire one on a thread of its scheduler, where changes
  // by other replicas come from
  private record AfterCommit(Runnable action) implements Synchronization {
    @Override
    public void beforeCompletion() {
      // nothing is left to write
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        action.run();
      }
    }
  }

  /** The changes after {@code revision}, in order. */
  @Transactional(Transactional.TxType.REQUIRED)
  List<Change> since(long revision) {
    return entities
        .createQuery(
            "select c from Change c where c.revision > :revision order by c.revision", Change.class)
        .setParameter("revision", revision)
        .getResultList();
  }

  /** The newest revision. */
  @Transactional(Transactional.TxType.REQUIRED)
  long current() {
    return entities.find(Revision.class, Revision.ONLY).revision();
  }
}
