/**
 * How does frps reach us? HTTP and JSON of frp's server-plugin RPC, and nothing of what is decided.
 *
 * <p>Invariants: whatever comes in and whatever happens, an authenticated frps gets HTTP 200 with
 * an answer that it can't misread, within the answer budget; what can't be decided is refused with
 * a reason. A changed content is the text that came with only the changed members replaced, so that
 * members which are not modelled here survive to the byte. The reference is frp's {@code
 * pkg/plugin/server}.
 */
@NullMarked
package dev.portcullis.rpc;

import org.jspecify.annotations.NullMarked;
