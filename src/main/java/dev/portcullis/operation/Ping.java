package dev.portcullis.operation;

/**
 * A client's heartbeat. With frp's defaults (0.58 and later, tcpMux) it never comes.
 *
 * @param user the session's client
 */
public record Ping(FrpUser user) implements Operation {

  public Ping {
    user = Zero.user(user);
  }

  @Override
  public FrpUser client() {
    return user;
  }
}
