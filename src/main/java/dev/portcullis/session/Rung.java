package dev.portcullis.session;

import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import java.util.Optional;

/**
 * What frps asks again and again while a session lives, so that a refusal can end it or starve it:
 * the rungs of the ladder by which a session is put out.
 */
public enum Rung {
  PING("Ping"),
  NEW_WORK_CONN("NewWorkConn"),
  NEW_USER_CONN("NewUserConn"),
  LOGIN("Login");

  private final String operation;

  Rung(String operation) {
    this.operation = operation;
  }

  /** frp's name of the operation. */
  public String operation() {
    return operation;
  }

  /** The rung that an operation is one of; empty for opening and closing a proxy. */
  public static Optional<Rung> of(Operation operation) {
    if (operation instanceof Ping) {
      return Optional.of(PING);
    }
    if (operation instanceof NewWorkConn) {
      return Optional.of(NEW_WORK_CONN);
    }
    if (operation instanceof NewUserConn) {
      return Optional.of(NEW_USER_CONN);
    }
    return operation instanceof Login ? Optional.of(LOGIN) : Optional.empty();
  }
}
