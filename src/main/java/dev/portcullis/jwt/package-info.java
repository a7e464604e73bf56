/**
 * Is this a token of the company's own provider, and whose?
 *
 * <p>A JSON web token counts when the provider that the operator named has signed it, with a public
 * key, for us, and it has not expired. What is not known for sure is refused. A check asks nobody
 * while the keys are in memory; the provider is asked in the background, before they grow old.
 * Where somebody has to wait for it, they wait for {@code portcullis.jwt.timeout}, and few at once.
 *
 * <p>No part of a token is in a message, a log or an exception. Out of scope: what the named
 * account may, tokens that were taken back before they expire, encrypted tokens.
 */
@NullMarked
package dev.portcullis.jwt;

import org.jspecify.annotations.NullMarked;
