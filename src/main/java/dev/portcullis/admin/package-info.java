/**
 * What do all parts of the admin API share? Roles and their enforcement, the strict reading of
 * bodies and parameters, problem details (RFC 9457) and paging. Depends on {@code database} alone.
 * The resources themselves live in the rooms that they administer.
 */
@NullMarked
package dev.portcullis.admin;

import org.jspecify.annotations.NullMarked;
