/**
 * Which frps is asking? Registered frps servers and their secrets.
 *
 * <p>All nodes are in memory: authenticating one costs a hash and no I/O. A secret is kept as a
 * keyed hash and shown once. Out of scope: what the clients of a node may do.
 */
@NullMarked
package dev.portcullis.node;

import org.jspecify.annotations.NullMarked;
