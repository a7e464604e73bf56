package dev.portcullis.decision;

import dev.portcullis.operation.Operation;

/**
 * The answer to a question of frps.
 *
 * @param <C> the operation that was decided
 */
public sealed interface Decision<C extends Operation> {

  /** Allowed, like this: a content that differs from the asked one is imposed on frps. */
  static <C extends Operation> Decision<C> allowed(C content) {
    return new Allowed<>(content);
  }

  /**
   * Refused.
   *
   * @param code for machines and the audit log, {@code policy.cause} in lower case with hyphens
   * @param reason for the person at the client, verbatim: says what to do, holds no secret; not
   *     blank, since frp takes a refusal without a reason for a success
   */
  static <C extends Operation> Decision<C> rejected(String code, String reason) {
    return new Rejected<>(code, reason);
  }

  /** Allowed with {@code content}. */
  record Allowed<C extends Operation>(C content) implements Decision<C> {}

  /** Refused; see {@link Decision#rejected}. */
  record Rejected<C extends Operation>(String code, String reason) implements Decision<C> {
    public Rejected {
      if (code.isBlank() || reason.isBlank()) {
        throw new IllegalArgumentException(
            "A rejection needs a code and a reason: frp takes an empty reason for success");
      }
    }
  }
}
