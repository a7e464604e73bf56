package dev.portcullis.signin;

import dev.portcullis.decision.SignInWay;
import dev.portcullis.group.GroupStore;
import dev.portcullis.jwt.JwtRefusedException;
import dev.portcullis.jwt.JwtVerifier;
import dev.portcullis.jwt.VerifiedJwt;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A JSON web token names the account: in {@code metas.token}, or in {@code privilege_key}, where
 * frpc puts it for frps with {@code auth.method = "oidc"}.
 */
@ApplicationScoped
class JwtSignIn implements SignIn {
  private static final String AWAY = "jwt.provider-away";

  private JwtVerifier verifier;
  private Duration outlives;

  /** For the container's proxy only. */
  protected JwtSignIn() {}

  @Inject
  JwtSignIn(JwtVerifier verifier, Settings settings) {
    this.verifier = verifier;
    this.outlives = settings.signIn().sessionOutlives();
  }

  @Override
  public Optional<Proof> prove(Operation operation, OffsetDateTime now) {
    Map<String, String> metas = operation.client().metas();
    String token = metas.getOrDefault("token", "");
    if (token.isEmpty()
        && metas.getOrDefault("password", "").isEmpty()
        && verifier.isConfigured()
        && operation instanceof Login login) {
      token = login.privilegeKey();
    }
    return JwtVerifier.looksLikeJwt(token)
        ? Optional.of(verified(operation.client().user(), token))
        : Optional.empty();
  }

  private Proof verified(String user, String token) {
    try {
      VerifiedJwt jwt = verifier.verify(token);
      if (!jwt.account().equals(user)) {
        return Proof.Failed.of("jwt.other-account");
      }
      return new Proof.Proved(
          SignInWay.JWT,
          "",
          jwt.expiresAt().plus(outlives),
          jwt.groups().stream().filter(GroupStore::isName).collect(Collectors.toSet()));
    } catch (JwtRefusedException e) {
      return e.code().equals(AWAY)
          ? new Proof.Failed(
              AWAY,
              "Portcullis can't check this token now, since its provider does not answer. frpc may try again; if it lasts, tell whoever runs the server.")
          : Proof.Failed.of(e.code());
    }
  }
}
