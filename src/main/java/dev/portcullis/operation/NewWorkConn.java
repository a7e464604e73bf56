package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * A client offers a connection for data. Not tied to any proxy yet.
 *
 * @param user the session's client
 * @param runId the run id that the connection itself gave
 */
public record NewWorkConn(FrpUser user, @JsonbProperty("run_id") String runId)
    implements Operation {

  public NewWorkConn {
    user = Zero.user(user);
    runId = Zero.text(runId);
  }

  @Override
  public FrpUser client() {
    return user;
  }
}
