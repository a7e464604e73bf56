package dev.portcullis.signin;

import dev.portcullis.operation.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The ways to sign in, in the order in which a client is asked for them. */
@ApplicationScoped
class SignIns {
  private List<SignIn> ways;

  /** For the container's proxy only. */
  protected SignIns() {}

  @Inject
  SignIns(SshSignIn ssh, TokenSignIn token, JwtSignIn jwt, PasswordSignIn password) {
    this.ways = List.of(ssh, token, jwt, password);
  }

  /** The first way for which the client has brought something counts. */
  Proof prove(Operation operation, OffsetDateTime now) {
    if (operation.client().user().isEmpty()) {
      return Proof.Failed.of("authentication.no-user");
    }
    for (SignIn way : ways) {
      Optional<Proof> proof = way.prove(operation, now);
      if (proof.isPresent()) {
        return proof.get();
      }
    }
    return Proof.Failed.of("authentication.no-token");
  }
}
