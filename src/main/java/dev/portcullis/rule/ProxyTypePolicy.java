package dev.portcullis.rule;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Lets an account use only the proxy types that it may. */
@Decorator
@Priority(DecisionOrder.PROXY_TYPE)
class ProxyTypePolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final GrantStore grants;
  private final PolicyStore policies;

  @Inject
  ProxyTypePolicy(
      @Delegate @Any DecisionPoint<NewProxy> next, GrantStore grants, PolicyStore policies) {
    this.next = next;
    this.grants = grants;
    this.policies = policies;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    String type = request.content().proxyType();
    if (!grants.of(request.requireAccount().id()).allowsType(type)
        && policies.isSilentOn(request)) {
      return Decision.rejected(
          "proxy-type.not-granted",
          "Proxy type %s is not allowed for '%s'; an administrator can grant it (proxy-type)."
              .formatted(Quoted.of(type), request.requireAccount().name()));
    }
    return next.decide(request);
  }
}
