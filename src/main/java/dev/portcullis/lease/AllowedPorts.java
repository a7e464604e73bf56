package dev.portcullis.lease;

import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The ports that may be given to a proxy that asks for any: those that its account owns and no rule
 * denies, then those that rules allow.
 */
final class AllowedPorts {
  private final DecisionRequest<NewProxy> request;
  private final Transport transport;
  private final GrantStore grants;
  private final String accountId;
  private final GrantSet owned;
  private final PolicyStore policies;
  private final IntFunction<Optional<Duration>> holds;
  private final Duration usualHold;

  AllowedPorts(
      DecisionRequest<NewProxy> request,
      Transport transport,
      GrantStore grants,
      PolicyStore policies,
      Duration usualHold) {
    this.request = request;
    this.transport = transport;
    this.grants = grants;
    this.accountId = request.requireAccount().id();
    this.owned = grants.of(accountId);
    this.policies = policies;
    this.holds = policies.holds(request);
    this.usualHold = usualHold;
  }

  /** For how long a port is held for whoever had it. */
  Duration hold(int port) {
    return holds.apply(port).orElse(usualHold);
  }

  boolean contains(int port) {
    if (isAnothersAlone(port)) {
      return false;
    }
    Outcome outcome = judged(port);
    return outcome == Outcome.ALLOWED
        || (outcome != Outcome.DENIED && owned.ownsPort(transport, port));
  }

  /** Each once, and judged when it is taken. */
  IntStream all() {
    return IntStream.concat(
            owned.ports(transport).filter(port -> judged(port) != Outcome.DENIED),
            policies.ports(request))
        .distinct()
        .filter(port -> !isAnothersAlone(port));
  }

  private boolean isAnothersAlone(int port) {
    return grants.isAnothersAlone(accountId, transport, port);
  }

  private Outcome judged(int port) {
    return policies
        .judge(request.withContent(request.content().edit().remotePort(port).done()))
        .outcome();
  }
}
