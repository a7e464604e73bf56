/**
 * May they? Policies that refuse: names, types, ports, domains, each against what the account owns.
 *
 * <p>They stand after the extensions, so that nobody reshapes a request past them, and change
 * nothing but the case of domains. Out of scope: who holds what at the moment.
 */
@NullMarked
package dev.portcullis.rule;

import org.jspecify.annotations.NullMarked;
