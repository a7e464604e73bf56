/**
 * Which groups are there, and what do they open to their accounts?
 *
 * <p>A group is a name, of the administrator or of the company's directory; a row of its own is
 * needed only to say something of it. Groups are read through a bounded cache, so that a known one
 * costs no I/O. Out of scope: who is in a group, which the account's row and the directory say.
 */
@NullMarked
package dev.portcullis.group;

import org.jspecify.annotations.NullMarked;
