package dev.portcullis.lock;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.database.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** The rows of locks. */
@ApplicationScoped
class LockRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected LockRows() {}

  @Inject
  LockRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  /** All that have not expired. */
  @Transactional
  List<Lock> standing() {
    return entities
        .createQuery(
            "select l from Lock l where l.expiresAt is null or l.expiresAt > :now order by l.id",
            Lock.class)
        .setParameter("now", Moment.now())
        .getResultList();
  }

  @Transactional
  List<Lock> page(String after, int limit) {
    return entities
        .createQuery("select l from Lock l where l.id > :after order by l.id", Lock.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  void add(Lock lock, String actor) {
    entities.persist(lock);
    LockRepresentation shown = lock.representation();
    changed(
        "lock.create",
        lock,
        "%s, until %s"
            .formatted(
                shown.message(), shown.expiresAt() == null ? "it is lifted" : shown.expiresAt()),
        actor);
  }

  @Transactional
  boolean remove(String id, String actor) {
    Lock lock = entities.find(Lock.class, id);
    if (lock == null) {
      return false;
    }
    entities.remove(lock);
    changed("lock.lift", lock, lock.representation().message(), actor);
    return true;
  }

  private void changed(String action, Lock lock, String detail, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(lock.what())
            .saying(detail));
    changes.enter(new Changed(Changed.Kind.LOCK, "all"));
  }
}
