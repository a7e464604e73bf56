package dev.portcullis.oidc;

import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Adds the beans that make Jakarta Security sign people in at an OpenID provider. No class of the
 * WAR carries its annotation: some servers take such a class for a wish, whatever the settings say.
 */
public class OidcExtension implements Extension {
  void addBeans(@Observes BeforeBeanDiscovery event) {
    Settings settings = Settings.ofProcess();
    if (settings.people().auth() != Auth.OIDC) {
      return;
    }
    event
        .addAnnotatedType(OidcSignOn.class, OidcSignOn.class.getName())
        .add(ApplicationScoped.Literal.INSTANCE)
        .add(OidcDefinition.of(settings.oidc()));
    event
        .addAnnotatedType(GroupIdentityStore.class, GroupIdentityStore.class.getName())
        .add(ApplicationScoped.Literal.INSTANCE);
  }
}
