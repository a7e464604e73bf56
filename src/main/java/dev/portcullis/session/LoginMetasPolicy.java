package dev.portcullis.session;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.Login;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes out of a login what nobody further in may see or what frps would choke on. */
@Decorator
@Priority(DecisionOrder.LOGIN_METAS)
class LoginMetasPolicy implements DecisionPoint<Login> {
  private final DecisionPoint<Login> next;

  @Inject
  LoginMetasPolicy(@Delegate @Any DecisionPoint<Login> next) {
    this.next = next;
  }

  @Override
  public Decision<Login> decide(DecisionRequest<Login> request) {
    Login login = request.content();
    Map<String, String> metas = new LinkedHashMap<>(login.metas());
    metas.remove("token");
    metas.remove("password");
    metas.remove(SessionGrant.META);
    // frps panics on a very negative one (server/control.go, NewControl)
    return next.decide(
        request.withContent(login.withMetas(metas).withPoolCount(Math.max(0, login.poolCount()))));
  }
}
