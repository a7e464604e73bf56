/**
 * Out with you, and is it true? Kicks of one session or one of its proxies, and the honest report
 * of what can put a session out, what has, and what remains.
 *
 * <p>frp gives nobody a way to end a session or a connection from outside: a client is put out only
 * by refusing what frps asks next, rung by rung of a ladder: Ping, NewWorkConn, NewUserConn, Login.
 * A kick is a row, in the memory of every replica within a second, and ends one login: the client's
 * next one is let in. Out of scope: keeping an account out, which is what locks are for.
 */
@NullMarked
package dev.portcullis.kick;

import org.jspecify.annotations.NullMarked;
