package dev.portcullis.signin;

import dev.portcullis.decision.SignInWay;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The SSH gateway of frps has checked a key and puts its comment in {@code user}. Nobody on the
 * network can have its address, a pipe within frps; what else it says of itself they can.
 */
@ApplicationScoped
class SshSignIn implements SignIn {
  private static final String GATEWAY = "pipe";

  @Override
  public Optional<Proof> prove(Operation operation, OffsetDateTime now) {
    if (!(operation instanceof Login login) || !login.clientAddress().equals(GATEWAY)) {
      return Optional.empty();
    }
    return Optional.of(
        login.clientSpec().alwaysAuthPass()
            ? new Proof.Proved(SignInWay.SSH, "", null, null)
            : new Proof.Failed(
                "authentication.no-ssh-keys",
                "Portcullis admits nobody through this SSH gateway, since frps asks for no keys there. Whoever runs frps must set sshTunnelGateway.authorizedKeysFile in frps.toml."));
  }
}
