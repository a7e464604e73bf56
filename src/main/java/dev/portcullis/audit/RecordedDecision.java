package dev.portcullis.audit;

/**
 * A decision as the log has it.
 *
 * @param facts that it was made of, as JSON; empty where none were known
 */
public record RecordedDecision(AuditRepresentation event, String facts) {

  /** Leaves out the facts, which hold what clients have written. */
  @Override
  public String toString() {
    return "RecordedDecision[" + event.decisionId() + "]";
  }
}
