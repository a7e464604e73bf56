/**
 * What does the company allow? The policy document: rules over who publishes what, from where and
 * when, with tests of its own; read from YAML, compiled once, and asked from memory.
 *
 * <p>Deny wins, whatever the order; something must allow a proxy, a rule here or a grant of the
 * account. Compiling finds every mistake at once, each with its line, column and what to do.
 * Nothing here does I/O or knows of rows. Out of scope: which document is active, who holds what.
 */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;
