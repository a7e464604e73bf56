package dev.portcullis.reservation;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import dev.portcullis.reservation.GrantSet.Transport;
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
    if (grant.exclusive()) {
      reserve(grant, accountName);
    }
    // a lost race shows here: at the commit Jersey makes 500 of it before our mapper sees it
    entities.flush();
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
          if (found.exclusive()) {
            free("e.grantId = :id", found.id());
          }
          changed(found, accountName, "grant.delete", actor);
        });
    return grant.isPresent();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void removeAll(String accountId) {
    List<Grant> all = of(accountId);
    all.forEach(entities::remove);
    if (all.stream().anyMatch(Grant::exclusive)) {
      free("e.accountId = :id", accountId);
    }
    changes.enter(new Changed(Changed.Kind.GRANTS, accountId));
  }

  /** All ports that are somebody's alone: of each transport at most as many as there are. */
  @Transactional
  List<ExclusivePort> exclusivePorts() {
    return entities
        .createQuery("select e from ExclusivePort e", ExclusivePort.class)
        .getResultList();
  }

  /** Fails on a unique constraint when somebody else is given one of them just now. */
  private void reserve(Grant grant, String accountName) {
    Transport transport = grant.kind().transport().orElseThrow();
    PortRange range = PortRange.parse(grant.value());
    entities
        .createQuery(
            "select e from ExclusivePort e where e.transport = :transport"
                + " and e.port between :first and :last order by e.port",
            ExclusivePort.class)
        .setParameter("transport", transport.word())
        .setParameter("first", range.first())
        .setParameter("last", range.last())
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .ifPresent(
            taken -> {
              throw ProblemException.conflict(
                  "The %s port %d is granted to '%s' alone already; take that grant away first"
                      .formatted(transport.word(), taken.port(), taken.accountName()));
            });
    for (int port = range.first(); port <= range.last(); port++) {
      entities.persist(new ExclusivePort(grant, accountName, transport, port));
    }
    changes.enter(new Changed(Changed.Kind.EXCLUSIVE_PORTS, "all"));
  }

  private void free(String which, String id) {
    entities
        .createQuery("delete from ExclusivePort e where " + which)
        .setParameter("id", id)
        .executeUpdate();
    changes.enter(new Changed(Changed.Kind.EXCLUSIVE_PORTS, "all"));
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
            .saying(
                grant.kind().word()
                    + " "
                    + grant.value()
                    + (grant.exclusive() ? " exclusive" : "")));
    changes.enter(new Changed(Changed.Kind.GRANTS, grant.accountId()));
  }
}
