package dev.portcullis.operation;

/**
 * One question of frps, as its server-plugin RPC asks it ({@code pkg/plugin/server/types.go} in
 * frp).
 */
public sealed interface Operation
    permits Login, NewProxy, CloseProxy, Ping, NewWorkConn, NewUserConn {

  /**
   * The client that the question is about, as frps knows it: what the client claimed at Login, as
   * the Login plugins changed it. Never null.
   */
  FrpUser client();

  /** frp's name of the operation, for example {@code NewProxy}. */
  default String name() {
    return getClass().getSimpleName();
  }
}
