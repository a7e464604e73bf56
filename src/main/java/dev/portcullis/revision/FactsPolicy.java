package dev.portcullis.revision;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/**
 * Notes what was asked, for the audit log: of what is refused before any rule looks at it, as far
 * as it is known by then. What rules look at is noted again there, as it is by then.
 */
@Decorator
@Priority(DecisionOrder.FACTS)
class FactsPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final PolicyStore policies;

  @Inject
  FactsPolicy(@Delegate @Any DecisionPoint<C> next, PolicyStore policies) {
    this.next = next;
    this.policies = policies;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    policies.note(request);
    return next.decide(request);
  }
}
