package dev.portcullis.reservation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All that one account owns, ready to be asked. Immutable. */
public final class GrantSet {
  // for these an account must own a port or a domain anyway
  private static final Set<String> TYPES_UNLESS_GRANTED =
      Set.of("tcp", "udp", "http", "https", "tcpmux");

  /** What an account owns that has no grants. */
  public static final GrantSet NOTHING = new GrantSet(List.of());

  private final List<PortRange> tcp;
  private final List<PortRange> udp;
  private final List<DomainName> domains;
  private final List<NamePattern> subdomains;
  private final Set<String> types;
  private final List<NamePattern> names;

  GrantSet(Collection<Grant> grants) {
    tcp = values(grants, GrantKind.TCP_PORT, PortRange::parse);
    udp = values(grants, GrantKind.UDP_PORT, PortRange::parse);
    domains = values(grants, GrantKind.DOMAIN, DomainName::new);
    subdomains = values(grants, GrantKind.SUBDOMAIN, NamePattern::new);
    types = Set.copyOf(values(grants, GrantKind.PROXY_TYPE, Function.identity()));
    names = values(grants, GrantKind.PROXY_NAME, NamePattern::new);
  }

  private static <T> List<T> values(
      Collection<Grant> grants, GrantKind kind, Function<String, T> parse) {
    return grants.stream()
        .filter(grant -> grant.kind() == kind)
        .map(grant -> parse.apply(grant.value()))
        .toList();
  }

  /** Whether the account may use a proxy type at all. */
  public boolean allowsType(String type) {
    return (types.isEmpty() ? TYPES_UNLESS_GRANTED : types).contains(type);
  }

  /** Whether the account may call a proxy so; without the user's prefix. */
  public boolean allowsName(String name) {
    return names.isEmpty() || names.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /** Whether the account owns a port. */
  public boolean ownsPort(Transport transport, int port) {
    return ranges(transport).stream().anyMatch(range -> range.contains(port));
  }

  /** Whether the account owns any port. */
  public boolean ownsPorts(Transport transport) {
    return !ranges(transport).isEmpty();
  }

  /** The account's ports, in the order in which they were granted, each range upwards. */
  public IntStream ports(Transport transport) {
    return ranges(transport).stream()
        .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()));
  }

  /** Whether the account owns a domain, itself or by a wildcard. */
  public boolean ownsDomain(DomainName domain) {
    return domains.stream().anyMatch(own -> own.covers(domain));
  }

  /** Whether the account owns a subdomain; in lower case. */
  public boolean ownsSubdomain(String subdomain) {
    return subdomains.stream().anyMatch(pattern -> pattern.matches(subdomain));
  }

  /** What the account owns, for a reason that tells its owner; empty when it owns none. */
  public Optional<String> portsText(Transport transport) {
    return text(ranges(transport));
  }

  /** See {@link #portsText}. */
  public Optional<String> domainsText() {
    return text(domains);
  }

  /** See {@link #portsText}. */
  public Optional<String> subdomainsText() {
    return text(subdomains);
  }

  /** See {@link #portsText}. */
  public Optional<String> namesText() {
    return text(names);
  }

  private List<PortRange> ranges(Transport transport) {
    return transport == Transport.TCP ? tcp : udp;
  }

  private static Optional<String> text(List<?> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String more = values.size() > 8 ? ", ..." : "";
    return Optional.of(
        values.stream().limit(8).map(Object::toString).collect(Collectors.joining(", ")) + more);
  }

  /** What a port belongs to. */
  public enum Transport {
    TCP,
    UDP;

    /** The transport whose ports a proxy type takes on the node; empty for the others. */
    public static Optional<Transport> of(String proxyType) {
      return switch (proxyType) {
        case "tcp" -> Optional.of(TCP);
        case "udp" -> Optional.of(UDP);
        default -> Optional.empty();
      };
    }

    public String word() {
      return this == TCP ? "tcp" : "udp";
    }
  }
}
