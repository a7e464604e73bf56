package dev.portcullis.jwt;

import dev.portcullis.settings.JwtSettings;
import dev.portcullis.settings.OidcSettings;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Verifies tokens of people who administer: of the provider and for the audience of {@code
 * portcullis.oidc}, so that a token which was made for frps opens no admin API.
 */
@ApplicationScoped
@Typed(PersonJwtVerifier.class)
public class PersonJwtVerifier extends JwtVerifier {

  /** For the container's proxy only. */
  protected PersonJwtVerifier() {}

  @Inject
  public PersonJwtVerifier(Settings settings) {
    super(ofPeople(settings.oidc(), settings.jwt()));
  }

  private static JwtSettings ofPeople(OidcSettings oidc, JwtSettings jwt) {
    return new JwtSettings(
        oidc.audience().isEmpty() ? "" : oidc.issuer(),
        oidc.audience().isEmpty() ? List.of() : List.of(oidc.audience()),
        "",
        oidc.nameClaim(),
        oidc.groupsClaim(),
        jwt.clockSkew(),
        jwt.timeout());
  }
}
