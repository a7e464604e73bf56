/**
 * Since when, and still? Sessions of clients: their run ids and signed grants.
 *
 * <p>A run id belongs to one account; nobody else may log in with it. At Login the client's secret
 * leaves the metas and a grant signed with the operator's key takes its place; frps carries it back
 * with every later operation, so checking one costs no I/O and outlives a restart of Portcullis.
 * Out of scope: whether the account still may.
 */
@NullMarked
package dev.portcullis.session;

import org.jspecify.annotations.NullMarked;
