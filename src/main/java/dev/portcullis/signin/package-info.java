/**
 * How does a tunnel client prove which account it is?
 *
 * <p>By a token of ours, by the password that the company's directory knows, by a JSON web token of
 * the company's provider, or by its key at the SSH gateway of frps. Which of these are open says
 * the account, else its groups, else a setting. One proof counts for a login; a client that brings
 * a wrong one is not asked for another. Every way to fail has its own code in the audit log, and
 * one wording for the client. What was proved at a login is asked again at every later operation as
 * far as memory knows it. Out of scope: what an account may do.
 */
@NullMarked
package dev.portcullis.signin;

import org.jspecify.annotations.NullMarked;
