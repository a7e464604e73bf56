package dev.portcullis.oidc;

import dev.portcullis.settings.InvalidSettingException;
import dev.portcullis.settings.OidcSettings;
import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.util.Optional;

/**
 * Makes Jakarta Security sign people in at an OpenID provider, when the settings say so. No class
 * of the WAR carries its annotation: some servers take such a class for a wish, whatever the
 * settings say.
 */
public class OidcExtension implements Extension {
  private final Optional<OidcSettings> provider = provider();

  private static Optional<OidcSettings> provider() {
    try {
      Settings settings = Settings.ofProcess();
      return settings.people().auth() == Auth.OIDC
          ? Optional.of(settings.oidc())
          : Optional.empty();
    } catch (InvalidSettingException e) {
      // the start fails at the first bean that needs the settings, where servers report it best
      return Optional.empty();
    }
  }

  void addDefinition(@Observes BeforeBeanDiscovery event) {
    provider.ifPresent(
        settings ->
            event
                .addAnnotatedType(OidcSignOn.class, OidcSignOn.class.getName())
                .add(ApplicationScoped.Literal.INSTANCE)
                .add(OidcDefinition.of(settings)));
  }

  void vetoStore(@Observes ProcessAnnotatedType<GroupIdentityStore> event) {
    if (provider.isEmpty()) {
      event.veto();
    }
  }
}
