package dev.portcullis.limit;

import dev.portcullis.condition.Address;
import dev.portcullis.operation.NewUserConn;

/** By what visitors are told from each other. */
final class Visitor {
  private Visitor() {}

  /**
   * The address, or of IPv6 the network of 64 bits; empty where frps tells none, as of a visitor
   * whose frpc comes by websocket: those are as one.
   */
  static String of(NewUserConn connection) {
    return Address.ofEndpoint(connection.remoteAddr()).map(Address::countedText).orElse("");
  }
}
