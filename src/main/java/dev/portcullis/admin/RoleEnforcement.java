package dev.portcullis.admin;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enforces who is admitted to the resources. A resource method without any annotation is denied,
 * and so is a request that has come past the door, whoever the server says that it is from.
 */
@Provider
public class RoleEnforcement implements DynamicFeature {

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    List<String> roles = roles(resource);
    if (roles != null) {
      context.register(new RoleFilter(roles));
    }
  }

  /** The roles of which one is needed; empty when nobody may; null when everybody may. */
  private static @Nullable List<String> roles(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method.isAnnotationPresent(DenyAll.class)) {
      return List.of();
    }
    Admits onMethod = method.getAnnotation(Admits.class);
    if (onMethod != null) {
      return List.of(onMethod.value());
    }
    if (method.isAnnotationPresent(PermitAll.class)) {
      return null;
    }
    Class<?> type = resource.getResourceClass();
    Admits onType = type.getAnnotation(Admits.class);
    if (onType != null) {
      return List.of(onType.value());
    }
    return type.isAnnotationPresent(PermitAll.class) ? null : List.of();
  }

  @Priority(Priorities.AUTHORIZATION)
  private record RoleFilter(List<String> roles) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      // whoever the server itself has let in by another way counts for nothing here
      if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
        throw new NotAuthorizedException("Bearer");
      }
      if (roles.stream().noneMatch(caller::isIn)) {
        throw new ForbiddenException();
      }
    }
  }
}
