package dev.portcullis.rpc;

import dev.portcullis.decision.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Tells the audit log of refusals, which this room does not know. */
@ApplicationScoped
class RefusalReporter {
  private Event<Refusal> refusals;

  /** For the container's proxy only. */
  protected RefusalReporter() {}

  @Inject
  RefusalReporter(Event<Refusal> refusals) {
    this.refusals = refusals;
  }

  void report(Refusal refusal) {
    refusals.fire(refusal);
  }
}
