/**
 * Runs Portcullis on an embedded TomEE, with a database, an administrator and a first node of its
 * own: for trying it out, for developing it and for its tests. Nothing of it gets into the WAR.
 */
@NullMarked
package dev.portcullis.embedded;

import org.jspecify.annotations.NullMarked;
