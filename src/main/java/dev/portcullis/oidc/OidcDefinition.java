package dev.portcullis.oidc;

import dev.portcullis.settings.OidcSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of Jakarta Security with the values of the settings. Made while the server starts,
 * from the members that the server's own version has; a class that implements them would not even
 * load where they are missing.
 */
final class OidcDefinition {
  private static final String MECHANISMS =
      "jakarta.security.enterprise.authentication.mechanism.http.";

  private OidcDefinition() {}

  /**
   * An {@code OpenIdAuthenticationMechanismDefinition}.
   *
   * @throws NoOidcException when the server has none
   */
  static Annotation of(OidcSettings settings) {
    Annotation claims =
        annotation(
            "openid.ClaimsDefinition",
            Map.of(
                "callerNameClaim", settings.nameClaim(),
                "callerGroupsClaim", settings.groupsClaim()));
    return annotation(
        "OpenIdAuthenticationMechanismDefinition",
        Map.of(
            "providerURI",
            settings.issuer(),
            "clientId",
            settings.clientId(),
            "clientSecret",
            settings.clientSecret(),
            "claimsDefinition",
            claims,
            "redirectURI",
            "${baseURL}/callback",
            "scope",
            new String[] {"openid", "profile"},
            // in cookies: the browser may come back to another replica
            "useSession",
            false,
            // half a second is little for a provider that has just started
            "jwksConnectTimeout",
            2_000,
            "jwksReadTimeout",
            2_000));
  }

  private static Annotation annotation(String name, Map<String, Object> values) {
    try {
      Class<?> type =
          Class.forName(MECHANISMS + name, false, OidcDefinition.class.getClassLoader());
      return (Annotation)
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, new Members(type, values));
    } catch (ClassNotFoundException e) {
      throw new NoOidcException(e);
    }
  }

  private record Members(Class<?> type, Map<String, Object> values) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "annotationType" -> type;
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        // leaves out the values: one of them is a secret
        case "toString" -> "@" + type.getName();
        default -> values.getOrDefault(method.getName(), method.getDefaultValue());
      };
    }
  }
}
