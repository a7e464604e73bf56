/**
 * What would another policy say?
 *
 * <p>A rule that is not enforced and a policy in shadow are asked beside the active one, and what
 * they would decide otherwise is recorded; a made-up question is answered and explained; a draft is
 * replayed against the decisions of a period. Nothing here changes an answer that frps gets.
 */
@NullMarked
package dev.portcullis.trial;

import org.jspecify.annotations.NullMarked;
