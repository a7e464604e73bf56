package dev.portcullis.oidc;

import dev.portcullis.database.StartOrder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;

/**
 * Carries the definition of the OpenID provider, and stops the start where the server has not heard
 * it: everybody would be refused for ever. A bean only when the extension has made it one.
 */
class OidcSignOn {
  @Inject private Instance<HttpAuthenticationMechanism> mechanisms;

  void check(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    if (mechanisms.isUnsatisfied()) {
      throw new NoOidcException(null);
    }
  }
}
