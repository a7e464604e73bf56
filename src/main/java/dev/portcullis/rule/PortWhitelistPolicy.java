package dev.portcullis.rule;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Lets tcp and udp proxies take only ports that the account owns or that a rule allows. An absent
 * port passes when there is any: the lease then takes one of them that nobody holds.
 */
@Decorator
@Priority(DecisionOrder.PORT_WHITELIST)
class PortWhitelistPolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final GrantStore grants;
  private final PolicyStore policies;

  @Inject
  PortWhitelistPolicy(
      @Delegate @Any DecisionPoint<NewProxy> next, GrantStore grants, PolicyStore policies) {
    this.next = next;
    this.grants = grants;
    this.policies = policies;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    NewProxy proxy = request.content();
    Optional<Transport> transport = Transport.of(proxy.proxyType());
    if (transport.isEmpty()) {
      return next.decide(request);
    }
    String account = request.requireAccount().name();
    GrantSet owned = grants.of(request.requireAccount().id());
    String word = transport.get().word();
    if (proxy.remotePort() != 0
        && grants.isAnothersAlone(
            request.requireAccount().id(), transport.get(), proxy.remotePort())) {
      return Decision.rejected(
          "port.exclusive",
          "The %s port %d is another account's alone. Leave remotePort out to get one of yours."
              .formatted(word, proxy.remotePort()));
    }
    boolean owns =
        proxy.remotePort() == 0
            ? owned.ownsPorts(transport.get())
            : owned.ownsPort(transport.get(), proxy.remotePort());
    if (owns || isRuled(request)) {
      return next.decide(request);
    }
    Optional<String> ruled = policies.portsText(request);
    if (!owned.ownsPorts(transport.get()) && ruled.isEmpty()) {
      return Decision.rejected(
          "port.none-granted",
          "No %s port is granted to '%s'; an administrator can grant some (%s-port)."
              .formatted(word, account, word));
    }
    return Decision.rejected(
        "port.not-granted",
        "The %s port %d is not granted to '%s'; granted: %s. Leave remotePort out to get one of them."
            .formatted(
                word,
                proxy.remotePort(),
                account,
                Allowed.text(owned.portsText(transport.get()), ruled)));
  }

  /** Whether a rule allows it, or denies it: then it is refused with the name of that rule. */
  private boolean isRuled(DecisionRequest<NewProxy> request) {
    return request.content().remotePort() == 0
        ? policies.judge(request).outcome() == Outcome.DENIED
            || policies.ports(request).findFirst().isPresent()
        : !policies.isSilentOn(request);
  }
}
