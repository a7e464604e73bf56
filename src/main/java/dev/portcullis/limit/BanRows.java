package dev.portcullis.limit;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.database.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of bans. */
@ApplicationScoped
class BanRows {
  private static final Changed ALL = new Changed(Changed.Kind.BANS, "all");

  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected BanRows() {}

  @Inject
  BanRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  /** All that are kept, but for a number beyond which there are none. */
  @Transactional
  List<Ban> all(int most) {
    return entities
        .createQuery(
            "select b from VisitorBan b where b.keptUntil > :now order by b.endsAt desc",
            VisitorBan.class)
        .setParameter("now", Moment.now())
        .setMaxResults(most)
        .getResultStream()
        .map(VisitorBan::ban)
        .toList();
  }

  /** Adds bans. Fails when another replica bans the same visitor just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  void add(Collection<Ban> bans) {
    for (Ban ban : bans) {
      Optional<VisitorBan> known = find(ban.accountId(), ban.visitor());
      if (known.isEmpty()) {
        entities.persist(new VisitorBan(ban));
      } else if (known.get().ban().endsAt().isBefore(ban.endsAt())) {
        known.get().set(ban);
      }
      audit.recordWith(
          new AuditEvent(AuditEvent.Kind.DECISION, AuditEvent.Outcome.REJECTED, "visitor.ban")
              .because(
                  "limit.ban",
                  "Banned until %s, for the %d. time, by the limit '%s'"
                      .formatted(ban.endsAt(), ban.times(), ban.limit()))
              .to(ban.accountName())
              .from(ban.visitor()));
    }
    changes.enter(ALL);
  }

  private Optional<VisitorBan> find(String accountId, String visitor) {
    return entities
        .createQuery(
            "select b from VisitorBan b where b.accountId = :account and b.visitor = :visitor",
            VisitorBan.class)
        .setParameter("account", accountId)
        .setParameter("visitor", visitor)
        .getResultStream()
        .findFirst();
  }

  /** Takes a ban back; false when there is none. */
  @Transactional
  boolean lift(String id, String actor) {
    VisitorBan ban = entities.find(VisitorBan.class, id);
    if (ban == null) {
      return false;
    }
    entities.remove(ban);
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, "ban.lift")
            .by(actor)
            .to(ban.ban().accountName())
            .from(ban.ban().visitor()));
    changes.enter(ALL);
    return true;
  }

  @Transactional
  void forget() {
    entities
        .createQuery("delete from VisitorBan b where b.keptUntil <= :now")
        .setParameter("now", Moment.now())
        .executeUpdate();
  }

  /** Those in force. */
  @Transactional
  List<VisitorBan> page(String account, OffsetDateTime now, String after, int limit) {
    String ofAccount = account.isEmpty() ? "" : " and b.accountName = :account";
    TypedQuery<VisitorBan> query =
        entities
            .createQuery(
                "select b from VisitorBan b where b.id > :after and b.endsAt > :now"
                    + ofAccount
                    + " order by b.id",
                VisitorBan.class)
            .setParameter("after", after)
            .setParameter("now", Moment.text(now));
    if (!account.isEmpty()) {
      query.setParameter("account", account);
    }
    return query.setMaxResults(limit).getResultList();
  }
}
