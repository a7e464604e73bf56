/**
 * What happened? Decisions, refused calls and changes by administrators, each one row.
 *
 * <p>An answered Login, NewProxy or CloseProxy, every rejection and every administrative change is
 * in the log before whoever asked hears of it. What is logged is an allow-list: names, addresses,
 * codes and reasons; never tokens, keys or passwords, and of metadatas only those that rules of the
 * policy name. This room is called and calls no one.
 */
@NullMarked
package dev.portcullis.audit;

import org.jspecify.annotations.NullMarked;
