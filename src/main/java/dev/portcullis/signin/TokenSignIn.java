package dev.portcullis.signin;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.jwt.JwtVerifier;
import dev.portcullis.operation.Operation;
import dev.portcullis.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Optional;

/** {@code metas.token} is a token of the account. */
@ApplicationScoped
class TokenSignIn implements SignIn {
  private AccountStore accounts;
  private Secrets secrets;

  /** For the container's proxy only. */
  protected TokenSignIn() {}

  @Inject
  TokenSignIn(AccountStore accounts, Secrets secrets) {
    this.accounts = accounts;
    this.secrets = secrets;
  }

  @Override
  public Optional<Proof> prove(Operation operation, OffsetDateTime now) {
    String user = operation.client().user();
    String token = operation.client().metas().getOrDefault("token", "");
    if (token.isEmpty()) {
      return Optional.empty();
    }
    String hash = secrets.hash(Secrets.Purpose.CREDENTIAL, token);
    Optional<KnownAccount> account =
        user.length() > LONGEST_USER ? Optional.empty() : accounts.find(user);
    Optional<KnownAccount.Key> key = account.flatMap(found -> found.byHash(hash));
    if (key.isPresent()) {
      return Optional.of(new Proof.Proved(SignInWay.TOKEN, key.get().id(), null, null));
    }
    // an administrator may have set such a text as a token, so it is asked for first
    return JwtVerifier.looksLikeJwt(token)
        ? Optional.empty()
        : Optional.of(
            Proof.Failed.of(
                account.isEmpty()
                    ? "authentication.unknown-account"
                    : "authentication.wrong-token"));
  }
}
