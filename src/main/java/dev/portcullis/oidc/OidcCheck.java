package dev.portcullis.oidc;

import dev.portcullis.database.StartOrder;
import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;

/**
 * Stops the start where no server has heard the definition: everybody would be refused for ever.
 */
@ApplicationScoped
class OidcCheck {

  void check(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started,
      Settings settings,
      BeanManager beans) {
    if (settings.people().auth() == Auth.OIDC
        && beans.getBeans(HttpAuthenticationMechanism.class).isEmpty()) {
      throw new NoOidcException(null);
    }
  }
}
