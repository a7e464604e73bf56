package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/**
 * Guards the run id of operations without a grant, as they come where frps does not show its logins
 * to Portcullis: the first account that is seen with a run id has it.
 */
@Decorator
@Priority(DecisionOrder.RUN_ID)
class RunIdPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final SessionStore sessions;

  @Inject
  RunIdPolicy(@Delegate @Any DecisionPoint<C> next, SessionStore sessions) {
    this.next = next;
    this.sessions = sessions;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    String runId = request.content().client().runId();
    if (request.session() != null || request.content() instanceof Login || runId.isEmpty()) {
      return next.decide(request);
    }
    AccountIdentity account = request.requireAccount();
    boolean otherConnection =
        request.content() instanceof NewWorkConn work && !work.runId().equals(runId);
    if (otherConnection
        || !RunId.isValid(runId)
        || !sessions.adopt(runId, account, request.node())) {
      return LoginSessionPolicy.foreignRunId();
    }
    sessions.seen(runId);
    return next.decide(request.withSession(new SessionIdentity(runId, 0)));
  }
}
