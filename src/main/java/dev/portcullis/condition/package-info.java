/**
 * When does a rule count? The values that a policy is written in, each parsed once and then asked
 * from memory: sets of ports and addresses, patterns of names, ranges of versions, hours, and
 * expressions.
 *
 * <p>Every value refuses what it can't understand with a sentence for people, in its factory.
 * Nothing here does I/O. Depends on nothing. Out of scope: what a rule does.
 */
@NullMarked
package dev.portcullis.condition;

import org.jspecify.annotations.NullMarked;
