/**
 * Is a domain really the account's? Claims of domains, each with a DNS record that only the
 * domain's owner can set, looked up again and again.
 *
 * <p>The record's text is a keyed hash of account and domain: nothing secret is kept, and every
 * replica knows it. Decisions read what was found before and never ask DNS. A resolver that fails
 * says nothing; a proved domain whose record is gone is lost after a grace. One account at a time
 * has a name proved, the first: the database's unique constraint says so. Out of scope: what a
 * proved domain allows, and domains that administrators grant.
 */
@NullMarked
package dev.portcullis.proof;

import org.jspecify.annotations.NullMarked;
