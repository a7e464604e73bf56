package dev.portcullis.rewrite;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.change.ChangeStore;
import dev.portcullis.change.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** The rows of impositions. */
@ApplicationScoped
class ImpositionRows {
  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private ChangeStore changes;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected ImpositionRows() {}

  @Inject
  ImpositionRows(ChangeStore changes, AuditStore audit) {
    this.changes = changes;
    this.audit = audit;
  }

  @Transactional
  Optional<ImpositionRepresentation> find(String id) {
    return Optional.ofNullable(entities.find(Imposition.class, id)).map(Imposition::representation);
  }

  @Transactional
  void put(String id, String target, ImpositionRepresentation wish, String actor) {
    Imposition row = entities.find(Imposition.class, id);
    if (row == null) {
      row = new Imposition(id);
      row.set(wish);
      entities.persist(row);
    } else {
      row.set(wish);
    }
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, "imposition.update")
            .by(actor)
            .to(target));
    changes.enter(new Changed(Changed.Kind.IMPOSITION, id));
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void remove(String id) {
    Imposition row = entities.find(Imposition.class, id);
    if (row != null) {
      entities.remove(row);
      changes.enter(new Changed(Changed.Kind.IMPOSITION, id));
    }
  }
}
