package dev.portcullis.decision;

import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import jakarta.enterprise.context.ApplicationScoped;

/** The innermost bean of each operation: what no policy has refused is allowed, as it is by now. */
abstract class Innermost<C extends Operation> implements DecisionPoint<C> {

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    return Decision.allowed(request.content());
  }

  @ApplicationScoped
  static class OfLogin extends Innermost<Login> {}

  @ApplicationScoped
  static class OfNewProxy extends Innermost<NewProxy> {}

  @ApplicationScoped
  static class OfCloseProxy extends Innermost<CloseProxy> {}

  @ApplicationScoped
  static class OfPing extends Innermost<Ping> {}

  @ApplicationScoped
  static class OfNewWorkConn extends Innermost<NewWorkConn> {}

  @ApplicationScoped
  static class OfNewUserConn extends Innermost<NewUserConn> {}
}
