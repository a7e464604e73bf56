/**
 * What is held right now? One lease per open proxy, and a claim for everything that it occupies on
 * its node: its port, its hosts. That nothing is held twice is the database's unique constraint.
 *
 * <p>A lease is freed by CloseProxy, but only by one of the login that took it or a later one: a
 * late word of the previous connection frees nothing. frps may die without a word, so a lease of
 * which nothing was seen for the lease time may be taken by another account. Members of one
 * load-balancing group share their claims. A port that was left is held for whoever had it, and
 * given to others last. Out of scope: who may hold what.
 */
@NullMarked
package dev.portcullis.lease;

import org.jspecify.annotations.NullMarked;
