package dev.portcullis.trial;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.Operation;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/**
 * Notes by what a question is judged from here on, and asks the policies that are only tried the
 * same. Changes no answer.
 */
@Decorator
@Priority(DecisionOrder.SHADOW)
class ShadowPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final PolicyStore policies;
  private final ShadowRecorder shadows;

  @Inject
  ShadowPolicy(@Delegate @Any DecisionPoint<C> next, PolicyStore policies, ShadowRecorder shadows) {
    this.next = next;
    this.policies = policies;
    this.shadows = shadows;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    policies.note(request);
    Decision<C> decision = next.decide(request);
    shadows.compare(request, decision);
    return decision;
  }
}
