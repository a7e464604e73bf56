package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;

/**
 * frp's {@code UserInfo}: who the client of a session claims to be.
 *
 * @param user the client's {@code user} setting; self-asserted; empty when it has none
 * @param metas the client's {@code metadatas} as the Login plugins left them; may hold secrets
 * @param runId frp's run id of the session; empty from frps up to 0.32.0
 */
public record FrpUser(
    String user, Map<String, String> metas, @JsonbProperty("run_id") String runId) {

  public FrpUser {
    user = Zero.text(user);
    metas = Zero.map(metas);
    runId = Zero.text(runId);
  }

  /** Leaves out the metas, which may hold secrets. */
  @Override
  public String toString() {
    return "FrpUser[user=" + user + ", runId=" + runId + "]";
  }
}
