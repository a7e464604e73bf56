package dev.portcullis.lock;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.Optional;

/** Refuses whatever a lock is on, with the lock's message. */
@Decorator
@Priority(DecisionOrder.LOCK)
class LockPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final LockStore locks;

  @Inject
  LockPolicy(@Delegate @Any DecisionPoint<C> next, LockStore locks) {
    this.next = next;
    this.locks = locks;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    if (request.content() instanceof CloseProxy) {
      // a fact, not a wish
      return next.decide(request);
    }
    Optional<KnownLock> lock = locks.first(Lockable.of(request), request.receivedAt());
    return lock.isPresent()
        ? Decision.rejected("lock." + lock.get().kind().word(), lock.get().message())
        : next.decide(request);
  }
}
