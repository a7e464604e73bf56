package dev.portcullis.kick;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.DecisionTrace;
import dev.portcullis.lock.LockStore;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.session.Rung;
import dev.portcullis.session.SessionStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Notes which rungs of the ladder frps asks about, and which have put a client out. */
@Decorator
@Priority(DecisionOrder.LADDER)
class LadderPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final SessionStore sessions;
  private final LockStore locks;

  @Inject
  LadderPolicy(@Delegate @Any DecisionPoint<C> next, SessionStore sessions, LockStore locks) {
    this.next = next;
    this.sessions = sessions;
    this.locks = locks;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    Decision<C> decision = next.decide(request);
    String runId = request.content().client().runId();
    Optional<Rung> rung = Rung.of(request.content());
    String code = decision instanceof Decision.Rejected<C> rejected ? rejected.code() : "";
    if (!runId.isEmpty() && rung.isPresent() && isOfSession(request.trace(), code)) {
      // a login that is let in is written down at once
      if (!(request.content() instanceof Login)) {
        sessions.came(runId, rung.get());
      }
      if (putsOut(code) && !isVisitors(request, code)) {
        sessions.refused(runId, rung.get());
      }
    }
    return decision;
  }

  /** Whether somebody has proved to be who may speak of it: anybody can name a run id. */
  private static boolean isOfSession(DecisionTrace trace, String code) {
    return (trace.account().isPresent() || trace.session().isPresent())
        && !code.equals("session.foreign-run-id");
  }

  /** Whether the visitor was turned away for its own address. */
  private boolean isVisitors(DecisionRequest<C> request, String code) {
    if (!(request.content() instanceof NewUserConn) || !code.equals("lock.address")) {
      return false;
    }
    String client = request.trace().session().map(known -> known.client().address()).orElse("");
    return locks
        .on(
            request.node().name(),
            request.trace().account().map(AccountIdentity::name).orElse(""),
            Set.of(),
            client,
            "",
            request.receivedAt())
        .isEmpty();
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
