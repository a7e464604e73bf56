package dev.portcullis.signin;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.node.NodeStore;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Finds the account, by the session grant that was checked before or by what the client has brought
 * to prove itself, and asks at every operation whether it still may.
 */
@Decorator
@Priority(DecisionOrder.AUTHENTICATION)
class AuthenticationPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final AccountStore accounts;
  private final SignIns ways;
  private final Admission admission;
  private final NodeStore nodes;

  @Inject
  AuthenticationPolicy(
      @Delegate @Any DecisionPoint<C> next,
      AccountStore accounts,
      SignIns ways,
      Admission admission,
      NodeStore nodes) {
    this.next = next;
    this.accounts = accounts;
    this.ways = ways;
    this.admission = admission;
    this.nodes = nodes;
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
    Proof proof = ways.prove(request.content(), request.receivedAt());
    return proof instanceof Proof.Proved proved
        ? decideProved(request, proved)
        : rejected((Proof.Failed) proof);
  }

  private Decision<C> decideGranted(DecisionRequest<C> request, AccountIdentity granted) {
    if (request.content() instanceof CloseProxy) {
      // a fact, not a wish: a lease is freed whatever has become of its account
      return next.decide(request);
    }
    Optional<KnownAccount> account =
        accounts.find(granted.name()).filter(known -> known.id().equals(granted.id()));
    if (account.isEmpty()) {
      return rejected(Proof.Failed.of(granted.way(), "authentication.account-deleted"));
    }
    Optional<Proof.Failed> fault =
        fault(account.get(), granted.way(), granted.credentialId(), request.receivedAt());
    return fault.isPresent()
        ? rejected(fault.get())
        : next.decide(request.withAccount(account.get().known(granted)));
  }

  private Decision<C> decideProved(DecisionRequest<C> request, Proof.Proved proof) {
    Optional<KnownAccount> account = admission.account(request.content().client().user(), proof);
    if (account.isEmpty()) {
      return rejected(Proof.Failed.of(proof.way(), "authentication.unknown-account"));
    }
    if (request.content() instanceof CloseProxy) {
      return next.decide(request.withAccount(identity(account.get(), proof)));
    }
    Optional<Proof.Failed> fault =
        fault(account.get(), proof.way(), proof.credentialId(), request.receivedAt());
    if (fault.isPresent()) {
      request.withAccount(identity(account.get(), proof));
      return rejected(fault.get());
    }
    Optional<KnownAccount> admitted = admission.admitted(account.get(), proof);
    return admitted.isPresent()
        ? next.decide(request.withAccount(identity(admitted.get(), proof)))
        : rejected(Proof.Failed.of(proof.way(), "authentication.account-deleted"));
  }

  private static AccountIdentity identity(KnownAccount account, Proof.Proved proof) {
    return account.identity(proof.credentialId(), proof.way(), proof.until());
  }

  private Optional<Proof.Failed> fault(
      KnownAccount account, SignInWay way, String credentialId, OffsetDateTime now) {
    if (!account.enabled()) {
      return Optional.of(Proof.Failed.of(way, "authentication.account-disabled"));
    }
    if (account.expired(now)) {
      return Optional.of(Proof.Failed.of(way, "authentication.account-expired"));
    }
    if (!admission.isOpen(account, way)) {
      return Optional.of(Proof.Failed.of(way, "authentication.way-closed"));
    }
    if (way != SignInWay.TOKEN) {
      return Optional.empty();
    }
    Optional<KnownAccount.Key> key = account.byId(credentialId);
    if (key.isEmpty()) {
      return Optional.of(Proof.Failed.of("authentication.credential-revoked"));
    }
    return key.get().expired(now)
        ? Optional.of(Proof.Failed.of("authentication.credential-expired"))
        : Optional.empty();
  }

  private static <C extends Operation> Decision<C> rejected(Proof.Failed failed) {
    return Decision.rejected(failed.code(), failed.reason());
  }
}
