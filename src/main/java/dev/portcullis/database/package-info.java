/**
 * Is the database ours, and at the right version?
 *
 * <p>Migrations run once at start, before anything else touches a table. With it go the tools of
 * all rows: ids, moments, races that were lost, work done by and by. Out of scope: the rows
 * themselves.
 */
@NullMarked
package dev.portcullis.database;

import org.jspecify.annotations.NullMarked;
