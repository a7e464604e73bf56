package dev.portcullis.account;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.node.NodeStore;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Finds the account, by the session grant that was checked before or by {@code user} and {@code
 * metas.token}, and asks at every operation whether it still may.
 */
@Decorator
@Priority(DecisionOrder.AUTHENTICATION)
class AuthenticationPolicy<C extends Operation> implements DecisionPoint<C> {
  private static final int LONGEST_USER = 64;

  private final DecisionPoint<C> next;
  private final AccountStore accounts;
  private final NodeStore nodes;
  private final Secrets secrets;

  @Inject
  AuthenticationPolicy(
      @Delegate @Any DecisionPoint<C> next,
      AccountStore accounts,
      NodeStore nodes,
      Secrets secrets) {
    this.next = next;
    this.accounts = accounts;
    this.nodes = nodes;
    this.secrets = secrets;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    AccountIdentity granted = request.account();
    if (granted != null) {
      return decideGranted(request, granted);
    }
    if (!(request.content() instanceof Login) && !nodes.authenticatesByMetas(request.node())) {
      return Decision.rejected(
          "session.no-grant",
          "This operation belongs to no session that Portcullis has admitted. Restart frpc; if it comes again, frps must send its Login operation to Portcullis too.");
    }
    return decideByToken(request);
  }

  private Decision<C> decideGranted(DecisionRequest<C> request, AccountIdentity granted) {
    if (request.content() instanceof CloseProxy) {
      // a fact, not a wish: a lease is freed whatever has become of its account
      return next.decide(request);
    }
    OffsetDateTime now = request.receivedAt();
    Optional<KnownAccount> account =
        accounts.find(granted.name()).filter(known -> known.id().equals(granted.id()));
    Optional<KnownAccount.Key> key = account.flatMap(a -> a.byId(granted.credentialId()));
    if (account.isEmpty()) {
      return refused("authentication.account-deleted");
    }
    if (key.isEmpty()) {
      return refused("authentication.credential-revoked");
    }
    return decideFor(request, account.get(), key.get(), now);
  }

  private Decision<C> decideByToken(DecisionRequest<C> request) {
    FrpUser client = request.content().client();
    String token = client.metas().getOrDefault("token", "");
    if (client.user().isEmpty() || token.isEmpty()) {
      return refused(
          client.user().isEmpty() ? "authentication.no-user" : "authentication.no-token");
    }
    String hash = secrets.hash(Secrets.Purpose.CREDENTIAL, token);
    Optional<KnownAccount> account =
        client.user().length() > LONGEST_USER ? Optional.empty() : accounts.find(client.user());
    if (account.isEmpty()) {
      return refused("authentication.unknown-account");
    }
    Optional<KnownAccount.Key> key = account.get().byHash(hash);
    if (key.isEmpty()) {
      return refused("authentication.wrong-token");
    }
    DecisionRequest<C> known = request.withAccount(account.get().identity(key.get()));
    return request.content() instanceof CloseProxy
        ? next.decide(known)
        : decideFor(known, account.get(), key.get(), request.receivedAt());
  }

  private Decision<C> decideFor(
      DecisionRequest<C> request, KnownAccount account, KnownAccount.Key key, OffsetDateTime now) {
    if (!account.enabled()) {
      return refused("authentication.account-disabled");
    }
    if (account.expired(now)) {
      return refused("authentication.account-expired");
    }
    if (key.expired(now)) {
      return refused("authentication.credential-expired");
    }
    return next.decide(request);
  }

  // the code tells the administrator; the client learns nothing that helps to guess
  private Decision<C> refused(String code) {
    return Decision.rejected(
        code,
        "Portcullis does not admit this user with this token. Check user and metadatas.token in frpc's configuration, or ask whoever runs the server.");
  }
}
