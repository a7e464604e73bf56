/**
 * How much? Sessions, proxies, ports, bandwidth and new connections, as the policy limits them for
 * each account, and bans of visitors who go over their rate again and again.
 *
 * <p>What an account holds is counted in the transaction that adds to it, under a lock that lets
 * one of the account's transactions count at a time, so no number of replicas gives more.
 * Connections of visitors are counted in the memory of each replica, without I/O and within bounds;
 * a ban made of it is a row, and every replica knows it within a second. Out of scope: which limits
 * there are.
 */
@NullMarked
package dev.portcullis.limit;

import org.jspecify.annotations.NullMarked;
