package dev.portcullis.lease;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Frees what a closed proxy occupied. */
@Decorator
@Priority(DecisionOrder.LEASE_RELEASE)
class LeaseReleasePolicy implements DecisionPoint<CloseProxy> {
  private final DecisionPoint<CloseProxy> next;
  private final LeaseStore leases;

  @Inject
  LeaseReleasePolicy(@Delegate @Any DecisionPoint<CloseProxy> next, LeaseStore leases) {
    this.next = next;
    this.leases = leases;
  }

  @Override
  public Decision<CloseProxy> decide(DecisionRequest<CloseProxy> request) {
    SessionIdentity session = request.session();
    leases.release(
        request.node().id(),
        request.content().proxyName(),
        request.content().user().runId(),
        session == null ? 0 : session.generation());
    return next.decide(request);
  }
}
