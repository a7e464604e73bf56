package dev.portcullis.reservation;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of grants. */
@ApplicationScoped
class GrantRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected GrantRows() {}

  @Inject
  GrantRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  List<Grant> of(String accountId) {
    return entities
        .createQuery(
            "select g from Grant g where g.accountId = :account order by g.id", Grant.class)
        .setParameter("account", accountId)
        .getResultList();
  }

  /**
   * Some grants with the names of their owners.
   *
   * @param accounts whose; those of anybody where it is empty
   */
  @Transactional
  List<OwnedGrant> some(Set<String> accounts, int most) {
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select a.name, g.kind, g.value from Grant g, Account a where a.id = g.accountId"
                + (accounts.isEmpty() ? "" : " and a.name in :names"),
            Object[].class);
    if (!accounts.isEmpty()) {
      query.setParameter("names", accounts);
    }
    return query
        .setMaxResults(most)
        .getResultStream()
        .map(row -> new OwnedGrant((String) row[0], ((GrantKind) row[1]).word(), (String) row[2]))
        .toList();
  }

  @Transactional
  void add(Grant grant, String accountName, String actor) {
    if (isGiven(grant)) {
      throw ProblemException.conflict(
          "'%s' has the grant %s %s already"
              .formatted(accountName, grant.kind().word(), grant.value()));
    }
    entities.persist(grant);
    changed(grant, accountName, "grant.create", actor);
  }

  @Transactional
  boolean remove(String accountId, String accountName, String id, String actor) {
    Optional<Grant> grant =
        Optional.ofNullable(entities.find(Grant.class, id))
            .filter(found -> found.accountId().equals(accountId));
    grant.ifPresent(
        found -> {
          entities.remove(found);
          changed(found, accountName, "grant.delete", actor);
        });
    return grant.isPresent();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void removeAll(String accountId) {
    of(accountId).forEach(entities::remove);
    changes.enter(new Changed(Changed.Kind.GRANTS, accountId));
  }

  private boolean isGiven(Grant grant) {
    return entities
        .createQuery(
            "select g.id from Grant g where g.accountId = :account and g.kind = :kind"
                + " and g.value = :value",
            String.class)
        .setParameter("account", grant.accountId())
        .setParameter("kind", grant.kind())
        .setParameter("value", grant.value())
        .getResultStream()
        .findFirst()
        .isPresent();
  }

  private void changed(Grant grant, String accountName, String action, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(accountName)
            .saying(grant.kind().word() + " " + grant.value()));
    changes.enter(new Changed(Changed.Kind.GRANTS, grant.accountId()));
  }
}
