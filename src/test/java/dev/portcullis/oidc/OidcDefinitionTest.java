package dev.portcullis.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.portcullis.settings.OidcSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class OidcDefinitionTest {
  private final OidcSettings settings =
      new OidcSettings("https://id.example.com", "frp", "s3cret", "frp", "roles", "sub");
  private final Annotation definition = OidcDefinition.of(settings);

  private static Object value(Annotation annotation, String member)
      throws ReflectiveOperationException {
    return annotation.annotationType().getMethod(member).invoke(annotation);
  }

  @Test
  void carriesTheSettings() throws Exception {
    assertEquals("https://id.example.com", value(definition, "providerURI"));
    assertEquals("frp", value(definition, "clientId"));
    assertEquals("s3cret", value(definition, "clientSecret"));
    assertEquals("${baseURL}/callback", value(definition, "redirectURI"));
    assertArrayEquals(new String[] {"openid", "profile"}, (String[]) value(definition, "scope"));
    assertEquals(false, value(definition, "useSession"));
    Annotation claims = (Annotation) value(definition, "claimsDefinition");
    assertEquals("sub", value(claims, "callerNameClaim"));
    assertEquals("roles", value(claims, "callerGroupsClaim"));
  }

  @Test
  void hasADefaultForEveryOtherMember() throws Exception {
    for (Method member : definition.annotationType().getDeclaredMethods()) {
      Object value = member.invoke(definition);
      assertNotNull(value, member.getName());
    }
  }

  @Test
  void isAnAnnotationThatKeepsTheSecretToItself() {
    assertEquals(
        "OpenIdAuthenticationMechanismDefinition", definition.annotationType().getSimpleName());
    assertFalse(definition.toString().contains("s3cret"), definition.toString());
    assertEquals(definition, definition);
    assertNotEquals(definition, OidcDefinition.of(settings));
    assertEquals(definition.hashCode(), definition.hashCode());
  }
}
