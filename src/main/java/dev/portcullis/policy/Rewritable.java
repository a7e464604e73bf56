package dev.portcullis.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a proxy may be rewritten. frps tells frpc of an answered NewProxy only its name, the
 * address that visitors see and an error ({@code server/control.go}), so frpc agrees with whatever
 * it neither uses itself nor shares with frps: here stands for each why that is so. Name, type,
 * encryption and compression are used by both ends and are never rewritten, nor are the port (a
 * claim gives it) and locations (they divide a host among proxies, which is the client's affair).
 */
public enum Rewritable {
  /**
   * In mode {@code server} frps alone slows (frpc looks at its own file, {@code
   * client/proxy/proxy.go}); a client's own wish that is slower stays.
   */
  BANDWIDTH("bandwidth", ""),
  /**
   * frps alone asks visitors for it ({@code pkg/util/vhost/http.go}). A client that has frps route
   * by another HTTP user is reached by nobody.
   */
  HTTP_USER("http-user", "http, tcpmux"),
  /** As the user. Members of a group need the same one. */
  HTTP_PASSWORD("http-password", "http, tcpmux"),
  /** frps alone sets them on the way to frpc, which passes bytes. */
  HEADERS("headers", "http"),
  /** frps alone sets them on the way back, from 0.58 on. */
  RESPONSE_HEADERS("response-headers", "http"),
  /** frps alone rewrites it; the route to the proxy is by the host that the visitor named. */
  HOST_HEADER("host-header", "http"),
  /**
   * frps alone compares it with the visitor's user; for xtcp only where the visitor asks before, so
   * that it keeps honest visitors out.
   */
  ALLOW_USERS("allow-users", "stcp, sudp, xtcp"),
  /**
   * frps alone compares it with the visitor's, and undoes the visitor's encryption with it; between
   * frps and frpc the key is another. Not for xtcp: there the peers encrypt with what their own
   * files say.
   */
  SK("sk", "stcp, sudp"),
  /** frps alone compares it among the members of a group. */
  GROUP_KEY("group-key", "tcp, http, https, tcpmux"),
  /** frps keeps and shows them; frpc's stay in its own file. */
  METAS("metas", ""),
  /** As metas, from 0.55 on; frps refuses names that Kubernetes would refuse. */
  ANNOTATIONS("annotations", ""),
  /** frps alone routes by it, and tells frpc the whole name as the address. */
  SUBDOMAIN("subdomain", "http, https, tcpmux");

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern META = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");
  private static final Pattern ANNOTATION =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private final String word;
  private final String types;

  Rewritable(String word, String types) {
    this.word = word;
    this.types = types;
  }

  /** As the document calls it. */
  public String word() {
    return word;
  }

  /** Whether proxies of a type have it. */
  boolean isOf(String type) {
    return types.isEmpty() || List.of(types.split(", ", -1)).contains(type);
  }

  boolean isSecret() {
    return this == HTTP_PASSWORD || this == SK || this == GROUP_KEY;
  }

  /** Whether something can be set under that name. */
  public boolean isName(String name) {
    Pattern form =
        switch (this) {
          case HEADERS, RESPONSE_HEADERS -> HEADER;
          case ANNOTATIONS -> ANNOTATION;
          default -> META;
        };
    return form.matcher(name).matches();
  }
}
