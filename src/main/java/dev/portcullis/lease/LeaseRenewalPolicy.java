package dev.portcullis.lease;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Takes every sign of life of a session as one of its proxies too. */
@Decorator
@Priority(DecisionOrder.LEASE_RENEWAL)
class LeaseRenewalPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final LeaseStore leases;

  @Inject
  LeaseRenewalPolicy(@Delegate @Any DecisionPoint<C> next, LeaseStore leases) {
    this.next = next;
    this.leases = leases;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    C content = request.content();
    String runId = content.client().runId();
    boolean signOfLife =
        content instanceof Ping || content instanceof NewWorkConn || content instanceof NewUserConn;
    if (signOfLife && !runId.isEmpty()) {
      SessionIdentity session = request.session();
      leases.renew(runId, session == null ? 0 : session.generation());
    }
    return next.decide(request);
  }
}
