package dev.portcullis.revision;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The rows of revisions, and of the choice among them. */
@ApplicationScoped
class RevisionRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected RevisionRows() {}

  @Inject
  RevisionRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  ChoiceRepresentation choice() {
    PolicyChoice choice = entities.find(PolicyChoice.class, PolicyChoice.ONLY);
    return new ChoiceRepresentation(choice.active(), choice.shadow());
  }

  @Transactional
  Optional<PolicyRevision> find(long number) {
    return entities
        .createQuery(
            "select r from PolicyRevision r where r.number = :number", PolicyRevision.class)
        .setParameter("number", number)
        .getResultStream()
        .findFirst();
  }

  /** The newest first. */
  @Transactional
  List<PolicyRevision> page(long before, int limit) {
    return entities
        .createQuery(
            "select r from PolicyRevision r where r.number < :before order by r.number desc",
            PolicyRevision.class)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  @Transactional
  PolicyRevision add(RevisionEdit edit, String author) {
    locked();
    long newest =
        page(Long.MAX_VALUE, 1).stream().mapToLong(PolicyRevision::number).max().orElse(0);
    if (newest != edit.requiredBase()) {
      throw ProblemException.conflict(
          "Revision %d was saved meanwhile, and you have seen %d; look at v1/policy/revisions/%d/diff?from=%d, take it over and save again"
              .formatted(newest, edit.requiredBase(), newest, edit.requiredBase()));
    }
    PolicyRevision revision =
        new PolicyRevision(
            newest + 1, newest, author, edit.commentOrNone(), edit.requiredDocument());
    entities.persist(revision);
    record("policy.save", revision.number(), edit.commentOrNone(), author);
    return revision;
  }

  @Transactional
  ChoiceRepresentation activate(ChoiceEdit edit, String author) {
    PolicyChoice choice = locked();
    refuseAnother(choice.active(), edit);
    choice.activate(edit.requiredRevision());
    record("policy.activate", choice.active(), "instead of " + edit.requiredInstead(), author);
    return changed(choice);
  }

  @Transactional
  ChoiceRepresentation tryInShadow(ChoiceEdit edit, String author) {
    PolicyChoice choice = locked();
    refuseAnother(choice.shadow(), edit);
    choice.tryInShadow(edit.requiredRevision());
    record("policy.shadow", choice.shadow(), "instead of " + edit.requiredInstead(), author);
    return changed(choice);
  }

  private PolicyChoice locked() {
    return entities.find(PolicyChoice.class, PolicyChoice.ONLY, LockModeType.PESSIMISTIC_WRITE);
  }

  private static void refuseAnother(long counts, ChoiceEdit edit) {
    if (counts != edit.requiredInstead()) {
      throw ProblemException.conflict(
          "Revision %d counts now, not %d; look at it first"
              .formatted(counts, edit.requiredInstead()));
    }
  }

  private ChoiceRepresentation changed(PolicyChoice choice) {
    changes.enter(new Changed(Changed.Kind.POLICY, "active"));
    return new ChoiceRepresentation(choice.active(), choice.shadow());
  }

  private void record(String action, long number, String detail, String author) {
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, action)
            .by(author)
            .to("policy revision " + number)
            .saying(detail));
  }
}
