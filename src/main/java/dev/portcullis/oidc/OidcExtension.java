package dev.portcullis.oidc;

import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;

/**
 * Makes Jakarta Security sign people in at an OpenID provider, when the settings say so. No class
 * of the WAR carries its annotation: some servers take such a class for a wish, whatever the
 * settings say.
 */
public class OidcExtension implements Extension {
  private final Settings settings = Settings.ofProcess();

  void addDefinition(@Observes BeforeBeanDiscovery event) {
    if (isOn()) {
      event
          .addAnnotatedType(OidcSignOn.class, OidcSignOn.class.getName())
          .add(ApplicationScoped.Literal.INSTANCE)
          .add(OidcDefinition.of(settings.oidc()));
    }
  }

  void vetoStore(@Observes ProcessAnnotatedType<GroupIdentityStore> event) {
    if (!isOn()) {
      event.veto();
    }
  }

  private boolean isOn() {
    return settings.people().auth() == Auth.OIDC;
  }
}
