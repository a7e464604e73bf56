package dev.portcullis.rule;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;

/** All policies of this room in their order, for the tests of other rooms. */
public final class Publishing {
  private Publishing() {}

  /** What they make of a proxy. */
  public static Decision<NewProxy> decide(
      DecisionRequest<NewProxy> request, GrantStore owned, PolicyStore policies) {
    DecisionPoint<NewProxy> rule = new RulePolicy<>(new Next<>(), policies);
    DecisionPoint<NewProxy> domain =
        new DomainValidationPolicy(rule, owned, policies, Proved.nothing());
    DecisionPoint<NewProxy> port = new PortWhitelistPolicy(domain, owned, policies);
    DecisionPoint<NewProxy> type = new ProxyTypePolicy(port, owned, policies);
    return new ProxyNamePolicy(type, owned, policies).decide(request);
  }
}
