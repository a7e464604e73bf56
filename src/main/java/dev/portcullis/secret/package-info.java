/**
 * How are secrets made, kept and compared?
 *
 * <p>A random token is kept as a keyed hash and shown once; comparison takes constant time. Depends
 * on {@code settings}. Out of scope: passwords that people choose.
 */
@NullMarked
package dev.portcullis.secret;

import org.jspecify.annotations.NullMarked;
