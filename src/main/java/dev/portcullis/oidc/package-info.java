/**
 * How do people sign in at an OpenID provider? By the server's Jakarta Security, which an extension
 * tells to do so only when the settings say {@code portcullis.auth=oidc}: the WAR is the same
 * everywhere, and runs on servers that have none. Out of scope: Bearer tokens, and the session that
 * follows.
 */
@NullMarked
package dev.portcullis.oidc;

import org.jspecify.annotations.NullMarked;
