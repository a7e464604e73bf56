package dev.portcullis.kick;

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
import java.time.OffsetDateTime;
import java.util.List;

/** The rows of kicks. */
@ApplicationScoped
class KickRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected KickRows() {}

  @Inject
  KickRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  List<KnownKick> all() {
    return entities.createQuery("select k from Kick k", Kick.class).getResultList().stream()
        .map(Kick::known)
        .toList();
  }

  /** Kicks, or changes the message of the kick that there is. Fails when another is quicker. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean put(KnownKick wish) {
    List<Kick> known =
        entities
            .createQuery(
                "select k from Kick k where k.runId = :run and k.generation = :generation"
                    + " and k.proxyName = :proxy",
                Kick.class)
            .setParameter("run", wish.runId())
            .setParameter("generation", wish.generation())
            .setParameter("proxy", wish.proxyName())
            .getResultList();
    Kick kick =
        known.isEmpty()
            ? new Kick(wish.runId(), wish.generation(), wish.proxyName())
            : known.get(0);
    kick.say(wish.message(), wish.author());
    if (known.isEmpty()) {
      entities.persist(kick);
    }
    boolean session = wish.proxyName().isEmpty();
    audit.recordWith(
        new AuditEvent(
                AuditEvent.Kind.ADMIN,
                AuditEvent.Outcome.ALLOWED,
                session ? "session.kick" : "lease.kick")
            .by(wish.author())
            .to(session ? wish.runId() : wish.proxyName())
            .saying("login %d: %s".formatted(wish.generation(), wish.message())));
    changes.enter(new Changed(Changed.Kind.KICK, "all"));
    return known.isEmpty();
  }

  /** Those from before that moment. */
  @Transactional
  List<Kick> before(OffsetDateTime moment) {
    return entities
        .createQuery("select k from Kick k where k.createdAt < :moment", Kick.class)
        .setParameter("moment", Moment.text(moment))
        .getResultList();
  }

  /** Forgets the kicks of a login and those before it. */
  @Transactional
  void remove(String runId, long generation) {
    entities
        .createQuery("delete from Kick k where k.runId = :run and k.generation <= :generation")
        .setParameter("run", runId)
        .setParameter("generation", generation)
        .executeUpdate();
  }
}
