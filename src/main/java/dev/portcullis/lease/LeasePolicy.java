package dev.portcullis.lease;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Claims the proxy's port and hosts, when everything else has been allowed. */
@Decorator
@Priority(DecisionOrder.LEASE)
class LeasePolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final LeaseStore leases;

  @Inject
  LeasePolicy(@Delegate @Any DecisionPoint<NewProxy> next, LeaseStore leases) {
    this.next = next;
    this.leases = leases;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    ClaimOutcome outcome = leases.claim(request);
    if (outcome instanceof ClaimOutcome.Refused refused) {
      return Decision.rejected(refused.code(), refused.reason());
    }
    int port = ((ClaimOutcome.Held) outcome).remotePort();
    NewProxy proxy = request.content();
    return next.decide(
        port == 0 ? request : request.withContent(proxy.edit().remotePort(port).done()));
  }
}
