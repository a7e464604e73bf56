package dev.portcullis.kick;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.session.Rung;
import dev.portcullis.session.SessionStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/** Notes which rungs of the ladder frps asks about, and which have put a client out. */
@Decorator
@Priority(DecisionOrder.LADDER)
class LadderPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final SessionStore sessions;

  @Inject
  LadderPolicy(@Delegate @Any DecisionPoint<C> next, SessionStore sessions) {
    this.next = next;
    this.sessions = sessions;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    Decision<C> decision = next.decide(request);
    String runId = request.content().client().runId();
    Optional<Rung> rung = Rung.of(request.content());
    if (!runId.isEmpty() && rung.isPresent()) {
      // a login that is let in is written down at once
      if (!(request.content() instanceof Login)) {
        sessions.came(runId, rung.get());
      }
      if (decision instanceof Decision.Rejected<C> rejected && putsOut(rejected.code())) {
        sessions.refused(runId, rung.get());
      }
    }
    return decision;
  }

  /**
   * Whether somebody has taken back what the client had; a rule is about one thing that it asks.
   */
  private static boolean putsOut(String code) {
    return code.startsWith("authentication.")
        || code.startsWith("lock.")
        || code.startsWith("kick.")
        || code.equals("session.credential-expired");
  }
}
