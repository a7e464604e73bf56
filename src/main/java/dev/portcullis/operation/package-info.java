/**
 * What did frp ask? frp's own words as records, for every frp version since 0.31.
 *
 * <p>An absent member has Go's zero value here (empty text, 0, false, empty collection), so a
 * policy never meets null. A member that no policy needs is not modelled; {@code rpc} keeps it as
 * it came. Depends on nothing. Out of scope: whether anything asked for is allowed.
 */
@NullMarked
package dev.portcullis.operation;

import org.jspecify.annotations.NullMarked;
