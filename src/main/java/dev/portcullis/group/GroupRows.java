package dev.portcullis.group;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The rows of groups. */
@ApplicationScoped
class GroupRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected GroupRows() {}

  @Inject
  GroupRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  Optional<AccountGroup> find(String name) {
    return entities
        .createQuery("select g from AccountGroup g where g.name = :name", AccountGroup.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  @Transactional
  List<AccountGroup> page(String after, int limit) {
    return entities
        .createQuery(
            "select g from AccountGroup g where g.name > :after order by g.name",
            AccountGroup.class)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  AccountGroup put(String name, GroupEdit edit, String actor) {
    Optional<AccountGroup> known = find(name);
    AccountGroup group = known.orElseGet(() -> new AccountGroup(name));
    edit.applyTo(group);
    if (known.isEmpty()) {
      entities.persist(group);
    }
    SignInWays ways = group.signIn();
    changed(
        name, "group.set", ways == null ? "" : "sign-in " + String.join(", ", ways.texts()), actor);
    return group;
  }

  @Transactional
  boolean remove(String name, String actor) {
    Optional<AccountGroup> group = find(name);
    group.ifPresent(
        found -> {
          entities.remove(found);
          changed(name, "group.delete", "", actor);
        });
    return group.isPresent();
  }

  private void changed(String name, String action, String detail, String actor) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(actor)
            .to(name)
            .saying(detail));
    changes.enter(new Changed(Changed.Kind.GROUP, name));
  }
}
