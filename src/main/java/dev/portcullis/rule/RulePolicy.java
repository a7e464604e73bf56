package dev.portcullis.rule;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.policy.Rule;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/**
 * Refuses what a rule of the active policy denies, and visitors that no rule allows where rules say
 * who may visit. Whether a proxy is allowed at all is asked before, with what the account owns.
 */
@Decorator
@Priority(DecisionOrder.RULE)
class RulePolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final PolicyStore policies;

  @Inject
  RulePolicy(@Delegate @Any DecisionPoint<C> next, PolicyStore policies) {
    this.next = next;
    this.policies = policies;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    if (request.content() instanceof CloseProxy) {
      // a fact, not a wish
      return next.decide(request);
    }
    Verdict verdict = policies.judge(request);
    if (verdict.outcome() == Outcome.DENIED) {
      Rule rule = verdict.rule().orElseThrow();
      return Decision.rejected(
          "rule.denied",
          rule.reason() == null
              ? "The rule '%s' of this server's policy does not allow %s."
                  .formatted(rule.name(), asked(request.content()))
              : rule.reason());
    }
    if (verdict.outcome() == Outcome.NOT_ALLOWED
        && request.content().name().equals("NewUserConn")) {
      return Decision.rejected(
          "rule.visitor-not-allowed",
          "No rule of this server's policy allows this visitor to come to this proxy.");
    }
    return next.decide(request);
  }

  private static String asked(Operation content) {
    if (content instanceof NewProxy proxy) {
      return "the proxy %s of type %s%s"
          .formatted(
              Quoted.of(proxy.proxyName()),
              proxy.proxyType(),
              proxy.remotePort() == 0 ? "" : " on port " + proxy.remotePort());
    }
    return switch (content.name()) {
      case "Login" -> "this login";
      case "NewUserConn" -> "this visitor to come to this proxy";
      default -> "this client to go on";
    };
  }
}
