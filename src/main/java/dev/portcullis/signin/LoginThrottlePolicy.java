package dev.portcullis.signin;

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
import java.util.Set;

/** Lets nobody guess: whoever fails again and again is not asked for a proof for a while. */
@Decorator
@Priority(DecisionOrder.LOGIN_THROTTLE)
class LoginThrottlePolicy implements DecisionPoint<Login> {
  /** Of the SSH gateway of frps, which has proved its clients by their keys. */
  private static final String SSH = "pipe";

  /** What a guess ends in. That a proof has expired, or can't be checked now, is none. */
  private static final Set<String> GUESSES =
      Set.of(
          "authentication.unknown-account",
          "authentication.wrong-token",
          "authentication.wrong-password",
          "jwt.malformed",
          "jwt.algorithm",
          "jwt.signature",
          "jwt.unknown-key",
          "jwt.other-account");

  private final DecisionPoint<Login> next;
  private final LoginThrottle throttle;

  @Inject
  LoginThrottlePolicy(@Delegate @Any DecisionPoint<Login> next, LoginThrottle throttle) {
    this.next = next;
    this.throttle = throttle;
  }

  @Override
  public Decision<Login> decide(DecisionRequest<Login> request) {
    Login login = request.content();
    if (login.clientAddress().equals(SSH)) {
      return next.decide(request);
    }
    LoginThrottle.Origin origin = LoginThrottle.Origin.of(login);
    long seconds = throttle.secondsClosed(origin);
    if (seconds > 0) {
      return throttled(seconds);
    }
    Decision<Login> decision = next.decide(request);
    boolean isIn = decision instanceof Decision.Allowed<Login>;
    boolean isGuess =
        decision instanceof Decision.Rejected<Login> rejected && GUESSES.contains(rejected.code());
    if (!isIn && !isGuess) {
      return decision;
    }
    // others may have failed meanwhile: many guesses at once tell no more than one after another
    seconds = throttle.decided(origin, isIn);
    return seconds > 0 ? throttled(seconds) : decision;
  }

  private static Decision<Login> throttled(long seconds) {
    return Decision.rejected(
        "authentication.throttled",
        "Too many sign-ins of this user, or from this address, have failed. Try again in %d s."
            .formatted(seconds));
  }
}
