package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Opens the session: binds the run id to the account, and signs the grant. */
@Decorator
@Priority(DecisionOrder.LOGIN_SESSION)
class LoginSessionPolicy implements DecisionPoint<Login> {
  private final DecisionPoint<Login> next;
  private final SessionStore sessions;
  private final PolicyStore policies;
  private final Secrets secrets;

  @Inject
  LoginSessionPolicy(
      @Delegate @Any DecisionPoint<Login> next,
      SessionStore sessions,
      PolicyStore policies,
      Secrets secrets) {
    this.next = next;
    this.sessions = sessions;
    this.policies = policies;
    this.secrets = secrets;
  }

  @Override
  public Decision<Login> decide(DecisionRequest<Login> request) {
    AccountIdentity account = request.requireAccount();
    Login asked = request.content();
    Login login = asked.runId().isEmpty() ? asked.withRunId(secrets.newRunId()) : asked;
    Opening opening =
        RunId.isValid(login.runId())
            ? sessions.open(login, account, request.node(), policies.limits(request))
            : new Opening.ForeignRunId();
    if (opening instanceof Opening.TooMany tooMany) {
      return Decision.rejected(tooMany.excess().code(), tooMany.excess().reason());
    }
    if (!(opening instanceof Opening.Opened opened)) {
      return foreignRunId();
    }
    SessionIdentity session = opened.session();
    String grant = SessionGrant.of(request.node(), account, session).sign(secrets);
    return next.decide(
        request.withSession(session).withContent(login.withMeta(SessionGrant.META, grant)));
  }

  static <C extends Operation> Decision<C> foreignRunId() {
    return Decision.rejected(
        "session.foreign-run-id",
        "This run id belongs to another account's session. Restart frpc to get one of its own.");
  }
}
