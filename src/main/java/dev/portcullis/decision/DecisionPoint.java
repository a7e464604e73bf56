package dev.portcullis.decision;

import dev.portcullis.operation.Operation;

/**
 * A place where a question of frps is decided: the innermost bean of an operation, or a decorator
 * round it.
 *
 * <p>A decorator either answers itself, or calls its delegate exactly once, in the same call and on
 * the same thread, with the request or a changed copy, and returns the delegate's answer or a
 * stricter one.
 *
 * @param <C> the operation that is decided
 */
public interface DecisionPoint<C extends Operation> {

  /**
   * Decides.
   *
   * @return the answer, never null
   * @throws RuntimeException when it can't be decided; frps is then told to refuse
   */
  Decision<C> decide(DecisionRequest<C> request);
}
