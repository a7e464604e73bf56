package dev.portcullis.policy;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What rules can be looked up by. */
enum Facet {
  ACCOUNT,
  GROUP,
  LABEL,
  NODE,
  TYPE,
  NAME,
  PORT,
  /** Ports by the block, for rules of many. */
  PORTS,
  DOMAIN,
  SUBDOMAIN,
  CLIENT,
  VISITOR;

  private static final int BLOCK = 256;
  private static final int FEW_PORTS = 64;

  /** One of a facet; a rule that is found by it is about nothing that has it not. */
  record Key(Facet facet, Object value) {}

  /** Whether its keys are beginnings of what facts say. */
  boolean isPrefix() {
    return this == ACCOUNT || this == NODE || this == NAME || this == SUBDOMAIN;
  }

  /**
   * Sets of keys, of each of which facts have one if the rule fits them; none where it can't be
   * told.
   *
   * @param isOfAnyPort whether the facts ask for any port
   */
  static List<Set<Key>> ways(Rule rule, boolean isOfAnyPort) {
    List<Set<Key>> ways = new ArrayList<>();
    Who who = rule.who();
    if (!who.everyone()) {
      add(ways, prefixes(ACCOUNT, who.accounts(), TextPattern::prefix));
      add(ways, keys(GROUP, who.groups()));
      who.labels().forEach((name, value) -> ways.add(Set.of(label(name, value.exact()))));
    }
    add(ways, prefixes(NODE, rule.nodes(), TextPattern::prefix));
    ProxyMatch proxies = rule.proxies();
    if (proxies != null) {
      add(ways, keys(TYPE, proxies.types()));
      add(ways, prefixes(NAME, proxies.names(), TextPattern::prefix));
      if (proxies.namesResources() && !isOfAnyPort) {
        ways.add(resources(proxies));
      }
    }
    if (rule.clients() != null) {
      rule.clients().networks().ifPresent(networks -> add(ways, keys(CLIENT, networks)));
    }
    if (rule.visitors() != null) {
      rule.visitors().networks().ifPresent(networks -> add(ways, keys(VISITOR, networks)));
    }
    return ways;
  }

  private static void add(List<Set<Key>> ways, Set<Key> keys) {
    if (!keys.isEmpty()) {
      ways.add(keys);
    }
  }

  private static Set<Key> keys(Facet facet, Collection<?> values) {
    Set<Key> keys = new HashSet<>();
    values.forEach(value -> keys.add(new Key(facet, value)));
    return keys;
  }

  private static Set<Key> prefixes(
      Facet facet, List<TextPattern> patterns, Function<TextPattern, String> prefix) {
    return keys(facet, patterns.stream().map(prefix).toList());
  }

  private static Key label(String name, Optional<String> value) {
    return new Key(LABEL, value.<Object>map(text -> Map.entry(name, text)).orElse(name));
  }

  private static Set<Key> resources(ProxyMatch proxies) {
    PortSet ports = proxies.allPorts();
    Set<Key> keys =
        ports.size() <= FEW_PORTS
            ? keys(PORT, ports.ports().boxed().toList())
            : keys(PORTS, ports.blocks(BLOCK).boxed().toList());
    keys.addAll(prefixes(DOMAIN, proxies.domains(), TextPattern::lowerLabels));
    keys.addAll(prefixes(SUBDOMAIN, proxies.subdomains(), TextPattern::lowerPrefix));
    return keys;
  }

  /**
   * The keys that facts have; null where they may have any. Of a {@link #isPrefix} it is the whole.
   *
   * @param facts with a proxy that takes at most one thing for itself
   */
  @Nullable Collection<?> values(Facts facts) {
    Facts.Proxy proxy = facts.proxy();
    return switch (this) {
      case ACCOUNT -> List.of(facts.account());
      case GROUP -> facts.groups();
      case LABEL -> labels(facts);
      case NODE -> List.of(facts.node());
      case TYPE -> List.of(proxy.type());
      case NAME -> List.of(proxy.name());
      case PORT -> proxy.takesPort() ? List.of(proxy.port()) : List.of();
      case PORTS -> proxy.takesPort() ? List.of(proxy.port() / BLOCK) : List.of();
      case DOMAIN -> proxy.takesPort() ? List.of() : domains(proxy);
      case SUBDOMAIN -> List.of(proxy.subdomain().toLowerCase(Locale.ROOT));
      case CLIENT -> networks(facts.client().ip());
      case VISITOR -> networks(facts.visitor().ip());
    };
  }

  /** Of an unknown address any: it may be in every one. */
  private static @Nullable List<Address> networks(Optional<Address> address) {
    return address.map(Address::network).map(List::of).orElse(null);
  }

  private static List<Object> labels(Facts facts) {
    List<Object> labels = new ArrayList<>();
    for (Map.Entry<String, String> label : facts.labels().entrySet()) {
      labels.add(label.getKey());
      labels.add(Map.entry(label.getKey(), label.getValue()));
    }
    return labels;
  }

  /** The domain and those that it is in; any where it stands for many. */
  private static @Nullable List<String> domains(Facts.Proxy proxy) {
    List<String> all = new ArrayList<>();
    if (!proxy.domains().isEmpty()) {
      String domain = proxy.domains().get(0).toLowerCase(Locale.ROOT);
      if (TextPattern.standsForMany(domain)) {
        return null;
      }
      all.add(domain);
      for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
        all.add(domain.substring(dot + 1));
      }
      all.add("");
    }
    return all;
  }
}
