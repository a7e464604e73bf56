package dev.portcullis.audit;

import dev.portcullis.database.Tasks;
import java.util.List;

/** An audit log in memory, for the tests of other rooms. */
public final class Recorded {
  private final HandMadeRows rows = new HandMadeRows();
  private final Tasks tasks = new Tasks();
  private final AuditStore audit = new AuditStore(rows, tasks);

  public AuditStore store() {
    return audit;
  }

  /** What was recorded, in order, also what is only written later. */
  public List<AuditRepresentation> events() {
    audit.stop();
    return rows.events();
  }

  /** The one event that was recorded. */
  public AuditRepresentation only() {
    audit.stop();
    return rows.only();
  }

  /** A decision as the log would have it, of an event that was recorded. */
  public static RecordedDecision decision(
      AuditEvent.Outcome outcome, String code, String account, long revision, String facts) {
    return new AuditEvent(AuditEvent.Kind.DECISION, outcome, "NewProxy")
        .because(code, "")
        .account(account)
        .decided("7KQ2-M9XB", revision, facts)
        .recorded();
  }
}
