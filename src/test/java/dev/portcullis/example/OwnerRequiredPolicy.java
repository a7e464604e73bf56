package dev.portcullis.example;

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

/** Nothing is published unless somebody is named who answers for it. */
@Decorator
@Priority(DecisionOrder.THIRD_PARTY_FIRST + 100)
public class OwnerRequiredPolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;

  @Inject
  public OwnerRequiredPolicy(@Delegate @Any DecisionPoint<NewProxy> next) {
    this.next = next;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    if (request.content().metas().getOrDefault("owner", "").isBlank()) {
      return Decision.rejected(
          "example.no-owner",
          "Say who answers for this proxy: metadatas.owner = \"name@example.com\".");
    }
    return next.decide(request);
  }
}
