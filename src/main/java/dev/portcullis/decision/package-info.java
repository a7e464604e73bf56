/**
 * What is a decision? The contract between frp's questions and the policies that answer them.
 *
 * <p>A decision is a chain of CDI decorators, each a {@link dev.portcullis.decision.DecisionPoint},
 * round one innermost bean per operation that answers "allowed, with this content". {@link
 * dev.portcullis.decision.DecisionOrder} shows the order. With {@code operation} this room is the
 * extension API: a third party adds a jar with one decorator.
 *
 * <p>Depends on {@code operation} alone. Out of scope: HTTP, JSON, storage.
 */
@NullMarked
package dev.portcullis.decision;

import org.jspecify.annotations.NullMarked;
