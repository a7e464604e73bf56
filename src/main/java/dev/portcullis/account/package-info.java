/**
 * Who is there? Accounts, their credentials, and which groups they are in.
 *
 * <p>An account is named as frpc's {@code user}; a credential is a random token in {@code
 * metas.token}, kept as a keyed hash and shown once. Accounts are read through a bounded cache, so
 * that a known one costs no I/O. Every way to fail has its own code in the audit log and one
 * wording for the client. Out of scope: what an account may do.
 */
@NullMarked
package dev.portcullis.account;

import org.jspecify.annotations.NullMarked;
