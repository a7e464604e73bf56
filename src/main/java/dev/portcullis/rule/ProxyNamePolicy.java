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
import java.util.regex.Pattern;

/** Keeps proxy names under the account's own prefix, which frps does not check. */
@Decorator
@Priority(DecisionOrder.PROXY_NAME)
class ProxyNamePolicy implements DecisionPoint<NewProxy> {
  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,127}");

  // as far as a database keeps it
  private static final int LONGEST = 255;

  private final DecisionPoint<NewProxy> next;
  private final GrantStore grants;
  private final PolicyStore policies;

  @Inject
  ProxyNamePolicy(
      @Delegate @Any DecisionPoint<NewProxy> next, GrantStore grants, PolicyStore policies) {
    this.next = next;
    this.grants = grants;
    this.policies = policies;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    String prefix = request.requireAccount().name() + ".";
    String full = request.content().proxyName();
    if (!full.startsWith(prefix)) {
      return Decision.rejected(
          "proxy-name.foreign-prefix",
          "Proxy name %s is not allowed: it must begin with '%s', which frpc adds by itself when its user is set."
              .formatted(Quoted.of(full), prefix));
    }
    String name = full.substring(prefix.length());
    if (full.length() > LONGEST || !FORM.matcher(name).matches()) {
      return Decision.rejected(
          "proxy-name.malformed",
          "Proxy name %s is not allowed: use 1 to 128 letters, digits, dots, hyphens and underscores."
              .formatted(Quoted.of(name)));
    }
    if (!grants.of(request.requireAccount().id()).allowsName(name)
        && policies.isSilentOn(request)) {
      return Decision.rejected(
          "proxy-name.not-granted",
          "Proxy name %s is not among the names granted to '%s'; granted: %s."
              .formatted(
                  Quoted.of(name),
                  request.requireAccount().name(),
                  grants.of(request.requireAccount().id()).namesText().orElse("none")));
    }
    return next.decide(request);
  }
}
