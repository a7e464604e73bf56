package dev.portcullis.revision;

import dev.portcullis.audit.AuditRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and why it was made.
 *
 * @param event as the audit log has it
 * @param facts that it was made of, in the form that {@code v1/policy/evaluate} takes; null where
 *     none were known
 * @param policy what the revision of then says to these facts; null where none was asked, or it
 *     can't be used any more
 */
public record DecisionRepresentation(
    AuditRepresentation event,
    @Nullable FactsEdit facts,
    @Nullable EvaluationRepresentation policy) {}
