package dev.portcullis.trial;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of replays. */
@ApplicationScoped
class ReplayRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private AuditStore audit;

  /** For the container's proxy only. */
  protected ReplayRows() {}

  @Inject
  ReplayRows(AuditStore audit) {
    this.audit = audit;
  }

  @Transactional
  void add(Replay replay, String author) {
    entities.persist(replay);
    record("policy.replay", replay.id(), author);
  }

  @Transactional
  Optional<Replay> find(String id) {
    return Optional.ofNullable(entities.find(Replay.class, id));
  }

  /** The newest first. */
  @Transactional
  List<Replay> page(String before, int limit) {
    return entities
        .createQuery("select r from Replay r where r.id < :before order by r.id desc", Replay.class)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  Optional<Replay> startAgain(String id, String author) {
    Optional<Replay> replay = locked(id);
    replay.ifPresent(
        found -> {
          if (found.isUnderWay()) {
            throw ProblemException.conflict("This replay is under way; wait for it or delete it");
          }
          found.startAgain();
          record("policy.replay", id, author);
        });
    return replay;
  }

  @Transactional
  boolean remove(String id, String author) {
    Optional<Replay> replay = locked(id);
    replay.ifPresent(
        found -> {
          entities.remove(found);
          record("policy.replay-delete", id, author);
        });
    return replay.isPresent();
  }

  /** Changes a replay; false where it was deleted, or was started again, perhaps elsewhere. */
  @Transactional
  boolean change(String id, long attempt, Consumer<Replay> change) {
    Optional<Replay> replay = locked(id).filter(found -> found.attempt() == attempt);
    replay.ifPresent(change);
    return replay.isPresent();
  }

  /** Says that these are going to be run. */
  @Transactional
  void queue(Collection<String> ids) {
    ids.forEach(id -> locked(id).ifPresent(Replay::queue));
  }

  private Optional<Replay> locked(String id) {
    return Optional.ofNullable(entities.find(Replay.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  private void record(String action, String id, String author) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(author)
            .to("replay " + id));
  }
}
