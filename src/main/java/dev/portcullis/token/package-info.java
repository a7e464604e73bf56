/**
 * Which tokens let a person's browser or a machine into the admin API?
 *
 * <p>Browser sessions and API tokens are rows with a keyed hash, so every replica knows them, and
 * one that is revoked counts nowhere within the poll interval. A token is shown once. When it was
 * last used is written by and by. Out of scope: who may have one; that is {@code person}'s.
 */
@NullMarked
package dev.portcullis.token;

import org.jspecify.annotations.NullMarked;
