/**
 * Who is the person, or the machine, that administers, and what may they?
 *
 * <p>There is one door to the admin API: an API token or another Bearer token, a browser's session,
 * or the server's realm. It hands on a {@link dev.portcullis.admin.Caller} with roles; the role
 * annotations of the resources are the second wall. Groups of the realm or the OpenID provider
 * become roles by the settings. Out of scope: who a tunnel client is; that is {@code account}'s.
 */
@NullMarked
package dev.portcullis.person;

import org.jspecify.annotations.NullMarked;
