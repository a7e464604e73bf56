/**
 * What has the operator set? Every key of Portcullis's configuration in one record.
 *
 * <p>A setting is read once, at start, from a system property or the environment. Depends on
 * nothing. Out of scope: what an administrator changes while Portcullis runs; that is a row.
 */
@NullMarked
package dev.portcullis.settings;

import org.jspecify.annotations.NullMarked;
