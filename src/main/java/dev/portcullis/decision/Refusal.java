package dev.portcullis.decision;

import org.jspecify.annotations.Nullable;

/**
 * A CDI event: something was refused outside any chain, for example an unreadable request or a
 * wrong node secret. The audit log observes it.
 *
 * @param nodeName the asking frps, as far as known
 * @param correlationId of the request
 * @param operation frp's name of the operation, as far as known
 * @param clientAddress address of the caller, as far as known
 * @param code as in {@link Decision#rejected}
 * @param reason as in {@link Decision#rejected}
 * @param decisionId see {@link DecisionId}; the reason that frps gets ends with it
 * @param late whether the answer has gone out already, so that nobody waits for the record
 */
public record Refusal(
    @Nullable String nodeName,
    String correlationId,
    @Nullable String operation,
    @Nullable String clientAddress,
    String code,
    String reason,
    String decisionId,
    boolean late) {

  /** Under a new decision id. */
  public Refusal(
      @Nullable String nodeName,
      String correlationId,
      @Nullable String operation,
      @Nullable String clientAddress,
      String code,
      String reason,
      boolean late) {
    this(nodeName, correlationId, operation, clientAddress, code, reason, DecisionId.next(), late);
  }
}
