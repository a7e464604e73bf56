package dev.portcullis.operation;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;

/**
 * A client asks to publish a proxy. An allowed one may still fail in frps without a word.
 *
 * <p>Name, type, encryption and compression have no way to be changed here: frpc keeps its own and
 * the proxy breaks (frp's {@code pkg/config/v1/proxy.go}, {@code UnmarshalFromMsg}).
 *
 * @param user the session's client
 * @param proxyName the full name; frpc adds the {@code user.} prefix and frps does not check it
 * @param proxyType tcp, udp, http, https, tcpmux, stcp, xtcp or sudp
 * @param bandwidthLimit frp's grammar, for example {@code 1MB} or {@code 500KB}; empty for none
 * @param bandwidthLimitMode {@code server}, {@code client}, or empty, which means client
 * @param group load-balancing group; empty for none
 * @param groupKey secret of the group
 * @param metas the proxy's own metadatas
 * @param remotePort port for tcp and udp; 0 means any
 * @param customDomains full domains for http, https and tcpmux; may hold empty texts
 * @param subdomain label under the subdomain host of frps
 * @param locations URL prefixes, http only
 * @param httpUser name for HTTP basic authentication
 * @param httpPwd password for HTTP basic authentication
 * @param hostHeaderRewrite Host header for the backend, http only
 * @param headers request headers set for the backend, http only
 * @param responseHeaders response headers, http only; frps 0.58 and later
 * @param routeByHttpUser route by this HTTP user; http and tcpmux
 * @param sk shared secret of stcp, sudp and xtcp
 * @param allowUsers users whose visitors may connect; stcp, sudp and xtcp
 * @param annotations shown by frps's dashboard; frp 0.55 and later
 */
public record NewProxy(
    FrpUser user,
    @JsonbProperty("proxy_name") String proxyName,
    @JsonbProperty("proxy_type") String proxyType,
    @JsonbProperty("bandwidth_limit") String bandwidthLimit,
    @JsonbProperty("bandwidth_limit_mode") String bandwidthLimitMode,
    String group,
    @JsonbProperty("group_key") String groupKey,
    Map<String, String> metas,
    @JsonbProperty("remote_port") int remotePort,
    @JsonbProperty("custom_domains") List<String> customDomains,
    String subdomain,
    List<String> locations,
    @JsonbProperty("http_user") String httpUser,
    @JsonbProperty("http_pwd") String httpPwd,
    @JsonbProperty("host_header_rewrite") String hostHeaderRewrite,
    Map<String, String> headers,
    @JsonbProperty("response_headers") Map<String, String> responseHeaders,
    @JsonbProperty("route_by_http_user") String routeByHttpUser,
    String sk,
    @JsonbProperty("allow_users") List<String> allowUsers,
    Map<String, String> annotations)
    implements Operation {

  public NewProxy {
    user = Zero.user(user);
    proxyName = Zero.text(proxyName);
    proxyType = Zero.text(proxyType);
    bandwidthLimit = Zero.text(bandwidthLimit);
    bandwidthLimitMode = Zero.text(bandwidthLimitMode);
    group = Zero.text(group);
    groupKey = Zero.text(groupKey);
    metas = Zero.map(metas);
    customDomains = Zero.list(customDomains);
    subdomain = Zero.text(subdomain);
    locations = Zero.list(locations);
    httpUser = Zero.text(httpUser);
    httpPwd = Zero.text(httpPwd);
    hostHeaderRewrite = Zero.text(hostHeaderRewrite);
    headers = Zero.map(headers);
    responseHeaders = Zero.map(responseHeaders);
    routeByHttpUser = Zero.text(routeByHttpUser);
    sk = Zero.text(sk);
    allowUsers = Zero.list(allowUsers);
    annotations = Zero.map(annotations);
  }

  @Override
  public FrpUser client() {
    return user;
  }

  /** Starts a changed copy. */
  public NewProxyEdit edit() {
    return new NewProxyEdit(this);
  }

  /** Leaves out metas, keys and passwords. */
  @Override
  public String toString() {
    return "NewProxy[" + user + ", proxyName=" + proxyName + ", proxyType=" + proxyType + "]";
  }
}
