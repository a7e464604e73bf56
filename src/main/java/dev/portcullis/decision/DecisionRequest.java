package dev.portcullis.decision;

import dev.portcullis.operation.Operation;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A question of frps with what is known of it so far. Immutable but for the trace.
 *
 * @param content what frps asks, as the policies outside have changed it
 * @param node the frps that asks, authenticated
 * @param correlationId frps's {@code X-Frp-Reqid}, or one made here; in logs and audit
 * @param receivedAt when the question came, UTC
 * @param account who the client was found to be; null until a policy of the identify band knows
 * @param session the session that the question belongs to; null until known, and where frps does
 *     not let Portcullis see logins
 * @param trace what the policies found, for the audit log
 * @param <C> the operation
 */
public record DecisionRequest<C extends Operation>(
    C content,
    NodeIdentity node,
    String correlationId,
    OffsetDateTime receivedAt,
    @Nullable AccountIdentity account,
    @Nullable SessionIdentity session,
    DecisionTrace trace) {

  /** A question of which nothing is known yet. */
  public static <C extends Operation> DecisionRequest<C> of(
      C content, NodeIdentity node, String correlationId, OffsetDateTime receivedAt) {
    return new DecisionRequest<>(
        content, node, correlationId, receivedAt, null, null, new DecisionTrace());
  }

  public DecisionRequest<C> withContent(C changed) {
    return new DecisionRequest<>(changed, node, correlationId, receivedAt, account, session, trace);
  }

  /** The same question, with the account it comes from; also noted in the trace. */
  public DecisionRequest<C> withAccount(AccountIdentity identity) {
    trace.identified(identity);
    return new DecisionRequest<>(
        content, node, correlationId, receivedAt, identity, session, trace);
  }

  /** The same question, with the session it belongs to; also noted in the trace. */
  public DecisionRequest<C> withSession(SessionIdentity identity) {
    trace.admitted(identity);
    return new DecisionRequest<>(
        content, node, correlationId, receivedAt, account, identity, trace);
  }

  /**
   * The account, for policies inside the identify band.
   *
   * @throws IllegalStateException when no policy has found one, which is a fault of the chain
   */
  public AccountIdentity requireAccount() {
    if (account == null) {
      throw new IllegalStateException("No policy of the identify band has named an account");
    }
    return account;
  }
}
