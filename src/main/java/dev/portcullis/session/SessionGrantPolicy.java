package dev.portcullis.session;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Checks the grant that an operation brings; one that brings none is authenticated otherwise. */
@Decorator
@Priority(DecisionOrder.SESSION_GRANT)
class SessionGrantPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final SessionStore sessions;
  private final Secrets secrets;

  @Inject
  SessionGrantPolicy(@Delegate @Any DecisionPoint<C> next, SessionStore sessions, Secrets secrets) {
    this.next = next;
    this.sessions = sessions;
    this.secrets = secrets;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    FrpUser client = request.content().client();
    String text = client.metas().get(SessionGrant.META);
    if (text == null || request.content() instanceof Login) {
      return next.decide(request);
    }
    Optional<SessionGrant> verified = SessionGrant.verify(text, secrets);
    if (verified.isEmpty()) {
      return refused("session.forged-grant");
    }
    SessionGrant grant = verified.get();
    if (!grant.nodeId().equals(request.node().id())) {
      return refused("session.other-node");
    }
    if (!grant.account().name().equals(client.user())) {
      return refused("session.other-user");
    }
    String runId = grant.session().runId();
    // frps before 0.32.1 does not tell the run id
    boolean otherRunId = !client.runId().isEmpty() && !client.runId().equals(runId);
    if (otherRunId
        || (request.content() instanceof NewWorkConn work && !work.runId().equals(runId))) {
      return refused("session.other-run-id");
    }
    DecisionRequest<C> known = request.withAccount(grant.account()).withSession(grant.session());
    OffsetDateTime until = grant.account().until();
    // that a proxy is closed is a fact, not a wish
    if (until != null
        && request.receivedAt().isAfter(until)
        && !(request.content() instanceof CloseProxy)) {
      return Decision.rejected(
          "session.credential-expired",
          "What this client has logged in with has expired. Log in again: restart frpc, with a new token if it does not get one by itself.");
    }
    sessions.seen(runId);
    return next.decide(known);
  }

  private Decision<C> refused(String code) {
    return Decision.rejected(
        code,
        "This operation does not belong to the session that Portcullis has admitted. Restart frpc; if it comes again, give all plugin entries of one frps the same node name and secret.");
  }
}
