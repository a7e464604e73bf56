/**
 * Is the database ours, at the right version, and what has changed in it?
 *
 * <p>Migrations run once at start, before anything else touches a table. Every change by an
 * administrator is entered in the change log in its own transaction, under a rising revision; every
 * replica polls it and tells its caches by a {@link dev.portcullis.database.Changed} event. Out of
 * scope: the rows of other rooms.
 */
@NullMarked
package dev.portcullis.database;

import org.jspecify.annotations.NullMarked;
