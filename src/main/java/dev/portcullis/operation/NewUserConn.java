package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Somebody connects to a proxy of type tcp, https, tcpmux, stcp or sudp. frps ignores any change.
 *
 * @param user the client that publishes the proxy
 * @param proxyName the full name, with the {@code user.} prefix
 * @param proxyType frp's name of the type
 * @param remoteAddr {@code ip:port} of whoever connects; the visitor's frpc for stcp and sudp; may
 *     be a URL that a websocket visitor chose
 */
public record NewUserConn(
    FrpUser user,
    @JsonbProperty("proxy_name") String proxyName,
    @JsonbProperty("proxy_type") String proxyType,
    @JsonbProperty("remote_addr") String remoteAddr)
    implements Operation {

  public NewUserConn {
    user = Zero.user(user);
    proxyName = Zero.text(proxyName);
    proxyType = Zero.text(proxyType);
    remoteAddr = Zero.text(remoteAddr);
  }

  @Override
  public FrpUser client() {
    return user;
  }
}
