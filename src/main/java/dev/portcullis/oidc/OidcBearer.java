package dev.portcullis.oidc;

import dev.portcullis.jwt.JwtRefusedException;
import dev.portcullis.jwt.PersonJwtVerifier;
import dev.portcullis.jwt.VerifiedJwt;
import dev.portcullis.person.BearerVerifier;
import dev.portcullis.person.CallerGroups;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Access tokens of the OpenID provider, as a person's script sends them to the admin API. */
@ApplicationScoped
class OidcBearer implements BearerVerifier {
  private static final Logger LOG = System.getLogger(OidcBearer.class.getName());

  private PersonJwtVerifier verifier;

  /** For the container's proxy only. */
  protected OidcBearer() {}

  @Inject
  OidcBearer(PersonJwtVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public String method() {
    return "jwt";
  }

  @Override
  public Optional<CallerGroups> verify(String token) {
    if (!verifier.isConfigured() || !PersonJwtVerifier.looksLikeJwt(token)) {
      return Optional.empty();
    }
    try {
      VerifiedJwt person = verifier.verify(token);
      return Optional.of(new CallerGroups(person.account(), person.groups()));
    } catch (JwtRefusedException e) {
      LOG.log(Level.DEBUG, "A token of the OpenID provider does not count: {0}", e.code());
      return Optional.empty();
    }
  }
}
