package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/** Opens the session: binds the run id to the account, and signs the grant. */
@Decorator
@Priority(DecisionOrder.LOGIN_SESSION)
class LoginSessionPolicy implements DecisionPoint<Login> {
  private final DecisionPoint<Login> next;
  private final SessionStore sessions;
  private final Secrets secrets;

  @Inject
  LoginSessionPolicy(
      @Delegate @Any DecisionPoint<Login> next, SessionStore sessions, Secrets secrets) {
    this.next = next;
    this.sessions = sessions;
    this.secrets = secrets;
  }

  @Override
  public Decision<Login> decide(DecisionRequest<Login> request) {
    AccountIdentity account = request.requireAccount();
    Login asked = request.content();
    Login login = asked.runId().isEmpty() ? asked.withRunId(secrets.newRunId()) : asked;
    Optional<SessionIdentity> session =
        RunId.isValid(login.runId())
            ? sessions.open(login, account, request.node())
            : Optional.empty();
    if (session.isEmpty()) {
      return foreignRunId();
    }
    String grant = SessionGrant.of(request.node(), account, session.get()).sign(secrets);
    return next.decide(
        request.withSession(session.get()).withContent(login.withMeta(SessionGrant.META, grant)));
  }

  static <C extends Operation> Decision<C> foreignRunId() {
    return Decision.rejected(
        "session.foreign-run-id",
        "This run id belongs to another account's session. Restart frpc to get one of its own.");
  }
}
