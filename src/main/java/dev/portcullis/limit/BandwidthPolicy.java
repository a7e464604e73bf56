package dev.portcullis.limit;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Bandwidth;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/** Slows a proxy to what the policy gives it, unless it was to be slower before. */
@Decorator
@Priority(DecisionOrder.BANDWIDTH)
class BandwidthPolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final PolicyStore policies;

  @Inject
  BandwidthPolicy(@Delegate @Any DecisionPoint<NewProxy> next, PolicyStore policies) {
    this.next = next;
    this.policies = policies;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    Optional<Bandwidth> most = policies.limits(request).bandwidth();
    if (most.isEmpty()) {
      return next.decide(request);
    }
    NewProxy asked = request.content();
    // what the client asks for, or what was imposed further out
    Bandwidth slower =
        Bandwidth.parse(asked.bandwidthLimit())
            .map(wish -> wish.atMost(most.get()))
            .orElse(most.get());
    return next.decide(request.withContent(asked.edit().serverBandwidth(slower.text()).done()));
  }
}
