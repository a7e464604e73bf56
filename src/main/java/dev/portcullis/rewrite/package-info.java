/**
 * Like what? What Portcullis makes of a proxy before frps opens it: what the rewrites of the policy
 * say, and what is imposed on one account or node.
 *
 * <p>An imposition belongs to a node or an account; the account's stands before the node's. Its
 * texts are templates that know the account, the node and the proxy. Nothing is imposed that frpc
 * would not agree with. Out of scope: refusing.
 */
@NullMarked
package dev.portcullis.rewrite;

import org.jspecify.annotations.NullMarked;
