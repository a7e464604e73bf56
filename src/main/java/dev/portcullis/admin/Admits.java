package dev.portcullis.admin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a resource of the admin API: whoever has one of the roles. On a method it stands
 * before the one of its class. Not Jakarta's {@code @RolesAllowed}: Payara asks its own security
 * for that one, which knows no token and no session of ours, and others ignore it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Admits {
  /** Constants of {@link Role}. */
  String[] value();
}
