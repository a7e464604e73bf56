package dev.portcullis.operation;

import java.util.List;
import java.util.Map;

/**
 * A changed copy of a {@link NewProxy} in the making: only what frp lets a plugin change. Each
 * method sets one member and returns this edit; {@link #done()} gives the copy.
 */
public final class NewProxyEdit {
  private final NewProxy original;
  private String bandwidthLimit;
  private String bandwidthLimitMode;
  private String group;
  private String groupKey;
  private Map<String, String> metas;
  private int remotePort;
  private List<String> customDomains;
  private String subdomain;
  private String httpUser;
  private String httpPwd;
  private String hostHeaderRewrite;
  private Map<String, String> headers;
  private Map<String, String> responseHeaders;
  private String sk;
  private List<String> allowUsers;
  private Map<String, String> annotations;

  NewProxyEdit(NewProxy original) {
    this.original = original;
    bandwidthLimit = original.bandwidthLimit();
    bandwidthLimitMode = original.bandwidthLimitMode();
    group = original.group();
    groupKey = original.groupKey();
    metas = original.metas();
    remotePort = original.remotePort();
    customDomains = original.customDomains();
    subdomain = original.subdomain();
    httpUser = original.httpUser();
    httpPwd = original.httpPwd();
    hostHeaderRewrite = original.hostHeaderRewrite();
    headers = original.headers();
    responseHeaders = original.responseHeaders();
    sk = original.sk();
    allowUsers = original.allowUsers();
    annotations = original.annotations();
  }

  /**
   * Has frps slow the proxy. The mode becomes {@code server}: frps leaves the mode {@code client}
   * to frpc, which reads its own file.
   *
   * @param limit frp's grammar; frps takes anything else for "no limit", without a word
   */
  public NewProxyEdit serverBandwidth(String limit) {
    bandwidthLimit = limit;
    bandwidthLimitMode = "server";
    return this;
  }

  public NewProxyEdit group(String name, String key) {
    group = name;
    groupKey = key;
    return this;
  }

  public NewProxyEdit metas(Map<String, String> value) {
    metas = value;
    return this;
  }

  public NewProxyEdit remotePort(int value) {
    remotePort = value;
    return this;
  }

  public NewProxyEdit customDomains(List<String> value) {
    customDomains = value;
    return this;
  }

  public NewProxyEdit subdomain(String value) {
    subdomain = value;
    return this;
  }

  public NewProxyEdit httpAuthentication(String user, String password) {
    httpUser = user;
    httpPwd = password;
    return this;
  }

  public NewProxyEdit hostHeaderRewrite(String value) {
    hostHeaderRewrite = value;
    return this;
  }

  public NewProxyEdit headers(Map<String, String> value) {
    headers = value;
    return this;
  }

  public NewProxyEdit responseHeaders(Map<String, String> value) {
    responseHeaders = value;
    return this;
  }

  public NewProxyEdit sk(String value) {
    sk = value;
    return this;
  }

  public NewProxyEdit allowUsers(List<String> value) {
    allowUsers = value;
    return this;
  }

  public NewProxyEdit annotations(Map<String, String> value) {
    annotations = value;
    return this;
  }

  /** The changed copy; equal to the original when nothing was set to another value. */
  public NewProxy done() {
    return new NewProxy(
        original.user(),
        original.proxyName(),
        original.proxyType(),
        bandwidthLimit,
        bandwidthLimitMode,
        group,
        groupKey,
        metas,
        remotePort,
        customDomains,
        subdomain,
        original.locations(),
        httpUser,
        httpPwd,
        hostHeaderRewrite,
        headers,
        responseHeaders,
        original.routeByHttpUser(),
        sk,
        allowUsers,
        annotations);
  }
}
