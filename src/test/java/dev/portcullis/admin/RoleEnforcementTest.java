package dev.portcullis.admin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleEnforcementTest {

  @Admits("admin")
  private static class Guarded {
    public void plain() {}

    @Admits({"reader", "auditor"})
    public void forReaders() {}

    @PermitAll
    public void forAll() {}

    @DenyAll
    public void forNobody() {}
  }

  private static class Forgotten {
    public void plain() {}

    @Admits("admin")
    public void forAdmins() {}
  }

  @PermitAll
  private static class Open {
    public void plain() {}

    @DenyAll
    public void forNobody() {}

    @Admits("admin")
    public void forAdmins() {}

    @Admits(Role.SIGNED_IN)
    public void forTheSignedIn() {}
  }

  @Test
  void letsThoseInThatTheTypeNames() {
    assertLetIn(Guarded.class, "plain", "admin");
    assertKeptOut(Guarded.class, "plain", "reader");
    assertKeptOut(Guarded.class, "plain");
  }

  @Test
  void takesTheMethodsWordBeforeTheTypes() {
    assertLetIn(Guarded.class, "forReaders", "reader");
    assertLetIn(Guarded.class, "forReaders", "auditor", "other");
    assertKeptOut(Guarded.class, "forReaders", "admin");
    assertLetIn(Guarded.class, "forAll");
    assertKeptOut(Guarded.class, "forNobody", "admin");
    assertLetIn(Open.class, "plain");
    assertKeptOut(Open.class, "forNobody", "admin");
    assertKeptOut(Open.class, "forAdmins");
    assertLetIn(Open.class, "forAdmins", "admin");
  }

  @Test
  void letsNobodyInWhereNothingIsSaid() {
    assertKeptOut(Forgotten.class, "plain", "admin");
    assertLetIn(Forgotten.class, "forAdmins", "admin");
  }

  @Test
  void letsEverybodyInWhoHasSignedInWhereThatIsEnough() {
    assertLetIn(Open.class, "forTheSignedIn");
    assertLetIn(Open.class, "forTheSignedIn", "reader");
  }

  /** A server may have let somebody in by itself, with roles of its own. */
  @Test
  void keepsOutWhoeverHasNotComeThroughTheDoor() {
    for (Principal stranger : new Principal[] {null, () -> "admin"}) {
      for (String method : List.of("forAdmins", "forTheSignedIn")) {
        ContainerRequestFilter filter = filters(Open.class, method).get(0);
        assertThrows(
            NotAuthorizedException.class, () -> filter.filter(by(security(stranger))), method);
      }
    }
  }

  private static void assertLetIn(Class<?> resource, String method, String... roles) {
    for (ContainerRequestFilter filter : filters(resource, method)) {
      assertDoesNotThrow(() -> filter.filter(by(Set.of(roles))));
    }
  }

  private static void assertKeptOut(Class<?> resource, String method, String... roles) {
    List<ContainerRequestFilter> filters = filters(resource, method);
    assertEquals(1, filters.size());
    assertThrows(ForbiddenException.class, () -> filters.get(0).filter(by(Set.of(roles))));
  }

  private static List<ContainerRequestFilter> filters(Class<?> resource, String name) {
    List<ContainerRequestFilter> filters = new ArrayList<>();
    Method endpoint;
    try {
      endpoint = resource.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
    ResourceInfo info =
        made(
            ResourceInfo.class,
            (proxy, method, arguments) ->
                method.getName().equals("getResourceMethod") ? endpoint : resource);
    FeatureContext context =
        made(
            FeatureContext.class,
            (proxy, method, arguments) -> {
              filters.add((ContainerRequestFilter) arguments[0]);
              return proxy;
            });
    new RoleEnforcement().configure(info, context);
    return filters;
  }

  private static ContainerRequestContext by(Set<String> roles) {
    SecurityContext security = security(new Caller("somebody", List.copyOf(roles), "realm"));
    return by(security);
  }

  private static SecurityContext security(Principal caller) {
    return made(
        SecurityContext.class,
        (proxy, method, arguments) -> method.getName().equals("getUserPrincipal") ? caller : true);
  }

  private static ContainerRequestContext by(SecurityContext security) {
    return made(ContainerRequestContext.class, (proxy, method, arguments) -> security);
  }

  private static <T> T made(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RoleEnforcementTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
