package dev.portcullis.policy;

import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which proxies are meant. Members that are given must all fit; of the values of one, any. Ports,
 * pools, domains and subdomains are one member: a proxy that takes a port must take one of those,
 * one that takes a domain one of those.
 *
 * @param types frp's; empty for any
 * @param names without the user's prefix; empty for any
 * @param ports for tcp and udp
 * @param pools of ports for tcp and udp
 * @param domains for http, https and tcpmux
 * @param subdomains for http, https and tcpmux
 * @param groups of load balancing; empty for any
 * @param metas that it has, with their values; empty for any
 */
record ProxyMatch(
    Set<String> types,
    List<TextPattern> names,
    PortSet ports,
    List<Pool> pools,
    List<TextPattern> domains,
    List<TextPattern> subdomains,
    List<TextPattern> groups,
    Map<String, TextPattern> metas) {

  public ProxyMatch {
    types = Set.copyOf(types);
    names = List.copyOf(names);
    pools = List.copyOf(pools);
    domains = List.copyOf(domains);
    subdomains = List.copyOf(subdomains);
    groups = List.copyOf(groups);
    metas = Map.copyOf(metas);
  }

  boolean namesResources() {
    return namesPorts() || !domains.isEmpty() || !subdomains.isEmpty();
  }

  boolean namesPorts() {
    return !ports.isEmpty() || !pools.isEmpty();
  }

  /** Whether it asks for what frps does not tell of the proxy that a visitor comes to. */
  boolean namesMoreThanVisitorsTell() {
    return namesResources() || !groups.isEmpty() || !metas.isEmpty();
  }

  /**
   * Whether a proxy that takes at most one thing for itself is meant.
   *
   * @param whole whether all that a wildcard domain of it stands for must be meant, not only a part
   */
  boolean fits(Facts facts, boolean whole) {
    Facts.Proxy proxy = facts.proxy();
    TextPattern.Names known = facts.names();
    return (types.isEmpty() || types.contains(proxy.type()))
        && (names.isEmpty() || Fit.any(names, proxy.name(), known))
        && (groups.isEmpty() || Fit.any(groups, proxy.group(), known))
        && Fit.all(metas, proxy.metas(), known)
        && (!namesResources() || takesOneOfThese(facts, whole));
  }

  private boolean takesOneOfThese(Facts facts, boolean whole) {
    Facts.Proxy proxy = facts.proxy();
    if (proxy.takesPort()) {
      // any port: of what is allowed one will be found, and none is refused for its sake
      return proxy.port() == 0 ? whole && namesPortsOn(facts) : isPort(facts, proxy.port());
    }
    if (!proxy.domains().isEmpty()) {
      return isDomain(facts, proxy.domains().get(0), whole);
    }
    return !proxy.subdomain().isEmpty() && isSubdomain(facts, proxy.subdomain());
  }

  private boolean namesPortsOn(Facts facts) {
    return !ports.isEmpty() || pools.stream().anyMatch(pool -> pool.isOn(facts));
  }

  private boolean isPort(Facts facts, int port) {
    if (ports.contains(port)) {
      return true;
    }
    for (Pool pool : pools) {
      if (pool.ports().contains(port) && pool.isOn(facts)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDomain(Facts facts, String domain, boolean whole) {
    TextPattern.Names known = facts.names();
    for (TextPattern pattern : domains) {
      if (whole ? pattern.covers(domain, known) : pattern.meets(domain, known)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSubdomain(Facts facts, String subdomain) {
    TextPattern.Names known = facts.names();
    for (TextPattern pattern : subdomains) {
      if (pattern.covers(subdomain, known)) {
        return true;
      }
    }
    return false;
  }

  /** All that it names, on whichever node. */
  PortSet allPorts() {
    return PortSet.union(Stream.concat(Stream.of(ports), pools.stream().map(Pool::ports)).toList());
  }

  /** Those that it names on the node that asks. */
  PortSet portsOn(Facts facts) {
    return PortSet.union(
        Stream.concat(
                Stream.of(ports), pools.stream().filter(pool -> pool.isOn(facts)).map(Pool::ports))
            .toList());
  }
}
