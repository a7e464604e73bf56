package dev.portcullis.proof;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.database.Moment;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The rows of claims of domains. */
@ApplicationScoped
class DomainClaimRows {
  /** Who does what no administrator has asked for; no user of a server is called so. */
  private static final String DNS = "(dns)";

  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;
  private Settings settings;

  /** For the container's proxy only. */
  protected DomainClaimRows() {}

  @Inject
  DomainClaimRows(ChangeStore changes, AuditStore audit, Settings settings) {
    this.changes = changes;
    this.audit = audit;
    this.settings = settings;
  }

  @Transactional
  List<DomainClaim> of(String accountId) {
    return page(accountId, "", Integer.MAX_VALUE);
  }

  @Transactional
  List<DomainClaim> page(String accountId, String after, int limit) {
    return entities
        .createQuery(
            "select d from DomainClaim d where d.accountId = :account and d.id > :after"
                + " order by d.id",
            DomainClaim.class)
        .setParameter("account", accountId)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  Optional<DomainClaim> find(String id) {
    return Optional.ofNullable(entities.find(DomainClaim.class, id));
  }

  @Transactional
  void add(DomainClaim claim, String actor) {
    if (of(claim.accountId()).stream().anyMatch(own -> own.domain().equals(claim.domain()))) {
      throw ProblemException.conflict(
          "'%s' has claimed %s already".formatted(claim.accountName(), claim.domain()));
    }
    entities.persist(claim);
    changed(claim, "domain.claim", actor);
  }

  @Transactional
  boolean remove(String accountId, String id, String actor) {
    Optional<DomainClaim> claim =
        Optional.ofNullable(entities.find(DomainClaim.class, id, LockModeType.PESSIMISTIC_WRITE))
            .filter(found -> found.accountId().equals(accountId));
    claim.ifPresent(
        found -> {
          entities.remove(found);
          changed(found, "domain.delete", actor);
        });
    return claim.isPresent();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void removeAll(String accountId) {
    of(accountId).forEach(entities::remove);
    changes.enter(new Changed(Changed.Kind.DOMAIN_CLAIMS, accountId));
  }

  /** Claims that are to be looked up. */
  @Transactional
  List<String> due(OffsetDateTime now, int limit) {
    return entities
        .createQuery(
            "select d.id from DomainClaim d where d.nextCheckAt <= :now order by d.nextCheckAt",
            String.class)
        .setParameter("now", Moment.text(now))
        .setMaxResults(limit)
        .getResultList();
  }

  /** Takes a look-up over for a while; empty when another replica has done so. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<DomainClaim> takeOver(String id, OffsetDateTime now, OffsetDateTime till) {
    // locked one by one: not every database can lock the first rows of a sorted query
    Optional<DomainClaim> claim =
        Optional.ofNullable(entities.find(DomainClaim.class, id, LockModeType.PESSIMISTIC_WRITE))
            .filter(found -> !found.nextCheckAt().isAfter(now));
    claim.ifPresent(found -> found.postpone(till));
    return claim;
  }

  /**
   * Takes what DNS has said. Fails on a unique constraint when another account proves the domain
   * just now.
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  Optional<DomainClaim> take(String id, TxtAnswer answer, String text, OffsetDateTime now) {
    Optional<DomainClaim> claim =
        Optional.ofNullable(entities.find(DomainClaim.class, id, LockModeType.PESSIMISTIC_WRITE));
    claim.ifPresent(
        found -> {
          ProofState before = found.state();
          found.take(answer, text, isAnothers(found), settings.reservation(), now);
          if (found.state() != before) {
            entities.flush();
            changed(found, "domain." + found.state().word(), DNS);
          }
        });
    return claim;
  }

  private boolean isAnothers(DomainClaim claim) {
    return !entities
        .createQuery(
            "select d.id from DomainClaim d where d.provedDomain = :domain and d.id <> :id",
            String.class)
        .setParameter("domain", claim.domain())
        .setParameter("id", claim.id())
        .getResultList()
        .isEmpty();
  }

  private void changed(DomainClaim claim, String action, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(claim.accountName())
            .saying(claim.domain()));
    changes.enter(new Changed(Changed.Kind.DOMAIN_CLAIMS, claim.accountId()));
  }
}
