/**
 * Does the company's directory know this name and password, and in which groups?
 *
 * <p>Asks an LDAP directory, or the identity stores of the server, and remembers for a set time who
 * was right; never who was wrong. A directory that hangs costs a few callers a bounded time and all
 * others none. What is not proven is refused. Nothing here writes to a directory. A password is in
 * no log, text or memory, but for its keyed hash. Depends on {@code settings} and {@code secret}.
 * Out of scope: which account a name is, and what its groups mean.
 */
@NullMarked
package dev.portcullis.directory;

import org.jspecify.annotations.NullMarked;
