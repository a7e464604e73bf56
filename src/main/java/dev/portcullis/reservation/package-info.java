/**
 * Whose is it? Grants: the ports, domains, subdomains, proxy types and names that one account may
 * use, read through a bounded cache and compiled once.
 *
 * <p>Two accounts may be granted the same port, unless one of the grants is exclusive; who holds it
 * at the moment is the {@code lease} room's. Out of scope: rules over many accounts.
 */
@NullMarked
package dev.portcullis.reservation;

import org.jspecify.annotations.NullMarked;
