/**
 * What has changed, and who must hear of it?
 *
 * <p>Every change by an administrator is entered in the change log in its own transaction, under a
 * rising revision; every replica polls it and tells its caches by a {@link
 * dev.portcullis.change.Changed} event. Out of scope: the rows that have changed.
 */
@NullMarked
package dev.portcullis.change;

import org.jspecify.annotations.NullMarked;
