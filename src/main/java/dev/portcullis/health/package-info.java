/**
 * How is it? Counters of what this replica has refused since it started. A counter is of one
 * process: who adds up replicas asks each. Out of scope: what happened exactly; that is {@code
 * audit}'s.
 */
@NullMarked
package dev.portcullis.health;

import org.jspecify.annotations.NullMarked;
