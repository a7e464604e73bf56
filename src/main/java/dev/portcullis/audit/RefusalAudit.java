package dev.portcullis.audit;

import dev.portcullis.decision.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Objects;

/** Records what was refused outside any chain. */
@ApplicationScoped
class RefusalAudit {
  private AuditStore audit;

  /** For the container's proxy only. */
  protected RefusalAudit() {}

  @Inject
  RefusalAudit(AuditStore audit) {
    this.audit = audit;
  }

  void refused(@Observes Refusal refusal) {
    AuditEvent event =
        new AuditEvent(
                AuditEvent.Kind.CALL,
                AuditEvent.Outcome.REJECTED,
                Objects.requireNonNullElse(refusal.operation(), ""))
            .at(refusal.nodeName(), refusal.correlationId())
            .from(refusal.clientAddress())
            .because(refusal.code(), refusal.reason())
            .decided(refusal.decisionId(), 0, "");
    if (refusal.late()) {
      audit.recordLater(event);
    } else {
      audit.record(event);
    }
  }
}
