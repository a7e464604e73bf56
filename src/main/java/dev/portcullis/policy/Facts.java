package dev.portcullis.policy;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.TextPattern;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision is made of. What is not known is empty text or 0.
 *
 * @param operation frp's name, for example {@code NewProxy}
 * @param at when it was asked
 * @param account who asks
 * @param groups of the account
 * @param labels of the account
 * @param node the frps that asks
 */
public record Facts(
    String operation,
    OffsetDateTime at,
    String account,
    Set<String> groups,
    Map<String, String> labels,
    String node,
    Client client,
    Proxy proxy,
    Visitor visitor) {

  /**
   * The client.
   *
   * @param address without a port
   * @param version of frpc
   * @param os for example {@code linux}
   * @param metas its metadatas, without secrets
   */
  public record Client(String address, String version, String os, Map<String, String> metas) {
    /** What a client sends to prove who it is, and what we have put there: no rule sees it. */
    public static final Set<String> SECRET_METAS =
        Set.of("token", "password", "portcullis-session");

    public static final Client UNKNOWN = new Client("", "", "", Map.of());

    public Client {
      metas = Map.copyOf(metas);
    }

    Optional<Address> ip() {
      return Address.ofEndpoint(address);
    }

    /** Leaves out the metas, which may hold secrets. */
    @Override
    public String toString() {
      return "Client[address=" + address + ", version=" + version + ", os=" + os + "]";
    }
  }

  /**
   * The proxy that is asked for, or that a connection goes to.
   *
   * @param name without the user's prefix
   * @param port 0 for any
   * @param group of load balancing
   * @param metas its metadatas
   */
  public record Proxy(
      String name,
      String type,
      int port,
      List<String> domains,
      String subdomain,
      String group,
      Map<String, String> metas) {
    public static final Proxy NONE = new Proxy("", "", 0, List.of(), "", "", Map.of());

    public Proxy {
      domains = List.copyOf(domains);
      metas = Map.copyOf(metas);
    }

    public Proxy withPort(int newPort) {
      return new Proxy(name, type, newPort, domains, subdomain, group, metas);
    }

    /** One for each thing that it takes for itself: a port, a domain, a subdomain; or itself. */
    List<Proxy> units() {
      if (domains.size() + (subdomain.isEmpty() ? 0 : 1) < 2) {
        return List.of(this);
      }
      List<Proxy> units = new ArrayList<>();
      domains.forEach(domain -> units.add(withHosts(List.of(domain), "")));
      if (!subdomain.isEmpty()) {
        units.add(withHosts(List.of(), subdomain));
      }
      return units;
    }

    Proxy withHosts(List<String> newDomains, String newSubdomain) {
      return new Proxy(name, type, port, newDomains, newSubdomain, group, metas);
    }

    boolean takesPort() {
      return type.equals("tcp") || type.equals("udp");
    }

    /** Leaves out the metas, which may hold secrets. */
    @Override
    public String toString() {
      return "Proxy[%s %s, port=%d, domains=%s, subdomain=%s]"
          .formatted(type, name, port, domains, subdomain);
    }
  }

  /**
   * Somebody who connects to a proxy.
   *
   * @param address without a port
   * @param country ISO 3166 in capitals; {@link #ANY_COUNTRY} where nobody can tell
   * @param asn number of the network's operator; {@link #ANY_ASN} where nobody can tell
   */
  public record Visitor(String address, String country, int asn) {
    public static final Visitor NONE = new Visitor("", "", 0);

    /** It may be any: there is no database of countries, or no address to look up. */
    public static final String ANY_COUNTRY = "?";

    public static final int ANY_ASN = -1;

    Optional<Address> ip() {
      return Address.ofEndpoint(address);
    }
  }

  public Facts {
    groups = Set.copyOf(groups);
    labels = Map.copyOf(labels);
  }

  public Facts withProxy(Proxy newProxy) {
    return new Facts(operation, at, account, groups, labels, node, client, newProxy, visitor);
  }

  public Facts withVisitor(Visitor newVisitor) {
    return new Facts(operation, at, account, groups, labels, node, client, proxy, newVisitor);
  }

  /** Whether somebody visits a proxy; of any other question {@link #visitor} tells nothing. */
  public boolean isVisit() {
    return operation.equals("NewUserConn");
  }

  TextPattern.Names names() {
    return new TextPattern.Names(account, node, groups);
  }

  /** The values of the variables of expressions. */
  Map<String, Object> variables() {
    Map<String, Object> values = new HashMap<>();
    values.put("operation", operation);
    values.put("now", instant());
    values.put("account", account);
    values.put("groups", List.copyOf(groups));
    values.put("labels", labels);
    values.put("node", node);
    // a variable without a value leaves the expression without one
    if (client.ip().isPresent()) {
      values.put("client.address", client.address());
    }
    values.put("client.version", client.version());
    values.put("client.os", client.os());
    values.put("client.metas", client.metas());
    values.put("proxy.name", proxy.name());
    values.put("proxy.type", proxy.type());
    values.put("proxy.port", (long) proxy.port());
    values.put("proxy.domains", proxy.domains());
    values.put("proxy.subdomain", proxy.subdomain());
    values.put("proxy.metas", proxy.metas());
    if (visitor.ip().isPresent() || !isVisit()) {
      values.put("visitor.address", visitor.address());
    }
    if (!visitor.country().equals(Visitor.ANY_COUNTRY)) {
      values.put("visitor.country", visitor.country());
    }
    if (visitor.asn() != Visitor.ANY_ASN) {
      values.put("visitor.asn", (long) visitor.asn());
    }
    return values;
  }

  private Instant instant() {
    return at.toInstant();
  }
}
