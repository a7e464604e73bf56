/**
 * Who is held off for now, whatever rules and grants say? Locks on accounts, groups, addresses,
 * proxies and nodes, apart from editing any of them.
 *
 * <p>A lock is a row; those that may be in force are in the memory of every replica within a second
 * of their change, and the clock ends one at the decision. Its message is the reason that the
 * client is told. Every operation is asked for but CloseProxy, which is a fact and no wish. Out of
 * scope: connections that are open, which frp gives nobody a way to close.
 */
@NullMarked
package dev.portcullis.lock;

import org.jspecify.annotations.NullMarked;
