package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * What sort of client logs in, from frp 0.53 on. A client on the network may send what it likes
 * here.
 *
 * @param type {@code ssh-tunnel} for the SSH gateway, else empty
 * @param alwaysAuthPass whether the SSH gateway of frps has checked a key
 */
public record ClientSpec(String type, @JsonbProperty("always_auth_pass") boolean alwaysAuthPass) {
  /** Of a frpc. */
  public static final ClientSpec NONE = new ClientSpec("", false);

  public ClientSpec {
    type = Zero.text(type);
  }
}
