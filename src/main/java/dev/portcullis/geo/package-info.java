/**
 * Where in the world is it? Countries of addresses, and the operators of their networks, from files
 * that the operator has got.
 *
 * <p>The files are in memory, and read again when they change; asking costs no I/O. An address that
 * no file knows, such as a private one, has no country; without a file every one may have any. Out
 * of scope: getting the files.
 */
@NullMarked
package dev.portcullis.geo;

import org.jspecify.annotations.NullMarked;
