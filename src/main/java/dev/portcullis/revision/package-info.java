/**
 * Which policy is active, and which were before?
 *
 * <p>Every save is a revision that stays as it is; one of them is active, and one more may be tried
 * in shadow. Whoever saves names the revision that he has seen: two at once get a conflict, not a
 * loss. Every replica keeps the compiled policies in memory and hears of another choice within the
 * poll interval. What a question is judged by is noted for the audit log, from which a decision is
 * explained later. Out of scope: what a document says.
 */
@NullMarked
package dev.portcullis.revision;

import org.jspecify.annotations.NullMarked;
