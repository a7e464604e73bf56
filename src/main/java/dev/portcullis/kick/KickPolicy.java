package dev.portcullis.kick;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Refuses all later operations of a login that was kicked, and what tells the proxy of one of which
 * a proxy was.
 */
@Decorator
@Priority(DecisionOrder.KICK)
class KickPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final KickStore kicks;

  @Inject
  KickPolicy(@Delegate @Any DecisionPoint<C> next, KickStore kicks) {
    this.next = next;
    this.kicks = kicks;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    SessionIdentity session = request.session();
    // a login is a new one; that a proxy is closed is a fact, not a wish
    if (session == null || request.content() instanceof CloseProxy) {
      return next.decide(request);
    }
    Optional<KnownKick> kick =
        kicks.on(session.runId(), session.generation(), proxy(request.content())).findFirst();
    return kick.isPresent()
        ? Decision.rejected(
            kick.get().proxyName().isEmpty() ? "kick.session" : "kick.proxy", kick.get().message())
        : next.decide(request);
  }

  private static String proxy(Operation asked) {
    if (asked instanceof NewProxy opened) {
      return opened.proxyName();
    }
    return asked instanceof NewUserConn visit ? visit.proxyName() : "";
  }
}
