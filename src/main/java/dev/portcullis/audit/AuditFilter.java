package dev.portcullis.audit;

import dev.portcullis.decision.DecisionId;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which events of the log are asked for: all members must match exactly; null matches any. */
public class AuditFilter {
  @QueryParam("account")
  private @Nullable String account;

  @QueryParam("node")
  private @Nullable String node;

  @QueryParam("runId")
  private @Nullable String runId;

  @QueryParam("code")
  private @Nullable String code;

  @QueryParam("correlationId")
  private @Nullable String correlationId;

  @QueryParam("decision")
  private @Nullable String decision;

  @QueryParam("outcome")
  private AuditEvent.@Nullable Outcome outcome;

  @QueryParam("kind")
  private AuditEvent.@Nullable Kind kind;

  void restrict(Map<String, Object> values) {
    put(values, "accountName", account);
    put(values, "nodeName", node);
    put(values, "runId", runId);
    put(values, "code", code);
    put(values, "correlationId", correlationId);
    // what is no id is in no event
    put(values, "decisionId", decision == null ? null : DecisionId.of(decision).orElse("none"));
    put(values, "outcome", outcome);
    put(values, "kind", kind);
  }

  private static void put(Map<String, Object> values, String attribute, @Nullable Object value) {
    if (value != null) {
      values.put(attribute, value);
    }
  }
}
