package dev.portcullis.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.portcullis.admin.Admits;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A method of a resource of the admin API, called so that it finds nothing to change.
 *
 * @param path with its templates
 * @param roles that its annotation names
 */
record ResourceCall(String method, String path, boolean hasBody, Set<String> roles) {
  /** Resources that are open on purpose: they ask for a node's secret themselves. */
  static final Set<String> OPEN = Set.of("handler");

  static Stream<Class<?>> resources() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.portcullis")
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .map(JavaClass::reflect);
  }

  static String path(Class<?> resource) {
    return resource.getAnnotation(Path.class).value();
  }

  /** Every method of every resource of the admin API. */
  static Stream<ResourceCall> all() {
    return resources()
        .filter(resource -> !OPEN.contains(path(resource)))
        .flatMap(resource -> Arrays.stream(resource.getMethods()).flatMap(m -> call(resource, m)));
  }

  private static Stream<ResourceCall> call(Class<?> resource, Method method) {
    Path path = method.getAnnotation(Path.class);
    boolean hasBody =
        Arrays.stream(method.getParameters())
            .map(Parameter::getAnnotations)
            .anyMatch(a -> a.length == 0);
    Admits onMethod = method.getAnnotation(Admits.class);
    Admits roles = onMethod != null ? onMethod : resource.getAnnotation(Admits.class);
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(
            verb ->
                new ResourceCall(
                    verb.value(),
                    path(resource) + (path == null ? "" : "/" + path.value()),
                    hasBody,
                    roles == null ? Set.of() : Set.of(roles.value())));
  }

  /** Whether everybody may who has signed in. */
  boolean isForEverybody() {
    return roles.contains("**");
  }

  boolean isFor(String role) {
    return isForEverybody() || roles.contains(role);
  }

  String url() {
    return path.replace("{name}", "nobody").replaceAll("\\{\\w+}", "none");
  }

  String body() {
    return hasBody ? "{}" : "";
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
