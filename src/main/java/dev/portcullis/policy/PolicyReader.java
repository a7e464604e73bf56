package dev.portcullis.policy;

import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a document, and finds all that is wrong with it. */
final class PolicyReader {
  private final List<Finding> findings = new ArrayList<>();
  private final Places places = new Places();
  private final OffsetDateTime now;

  /**
   * Starts to read.
   *
   * @param now the moment of tests that name none
   */
  PolicyReader(OffsetDateTime now) {
    this.now = now;
  }

  List<Finding> findings() {
    return findings;
  }

  Places places() {
    return places;
  }

  PolicyDocument read(String text) {
    return DocumentNode.root(text, findings).map(this::document).orElse(PolicyDocument.EMPTY);
  }

  private PolicyDocument document(DocumentNode root) {
    Map<String, DocumentNode> members =
        root.members(
            "description", "sets", "pools", "reservations", "rules", "rewrites", "limits", "tests");
    Map<String, AddressSet> sets = sets(members);
    Map<String, Pool> pools = pools(members);
    List<Rule> rules = new ArrayList<>();
    RuleReader reader = new RuleReader(sets, pools);
    for (DocumentNode node : items(members, "rules")) {
      reader
          .rule(node)
          .ifPresent(
              rule -> {
                rules.add(rule);
                places.addRule(rule.name(), node);
              });
    }
    ReservationReader reservations = new ReservationReader(reader);
    for (DocumentNode node : items(members, "reservations")) {
      reservations
          .rule(node)
          .ifPresent(
              rule -> {
                rules.add(rule);
                places.addRule(rule.name(), node);
              });
    }
    RewriteReader rewrites = new RewriteReader(reader);
    LimitReader limits = new LimitReader();
    TestReader tests = new TestReader(now);
    return new PolicyDocument(
        rules,
        List.copyOf(pools.values()),
        items(members, "rewrites").stream()
            .map(rewrites::rewrite)
            .flatMap(Optional::stream)
            .toList(),
        items(members, "limits").stream().map(limits::limit).toList(),
        items(members, "tests").stream().map(tests::test).toList());
  }

  static List<DocumentNode> items(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? List.of() : node.items();
  }

  /** See {@link DocumentNode#someItems}. */
  static List<DocumentNode> someItems(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? List.of() : node.someItems();
  }

  private static Map<String, AddressSet> sets(Map<String, DocumentNode> members) {
    Map<String, AddressSet> sets = new HashMap<>();
    DocumentNode node = members.get("sets");
    if (node != null) {
      node.members().forEach((name, set) -> sets.put(name, addresses(set)));
    }
    return sets;
  }

  static AddressSet addresses(DocumentNode node) {
    // each by itself first: then a mistake has its own place
    return AddressSet.of(node.each(text -> checked(text, AddressSet.of(List.of(text)))));
  }

  static PortSet ports(DocumentNode node) {
    return PortSet.of(node.each(text -> checked(text, PortSet.of(List.of(text)))));
  }

  private static String checked(String text, Object unused) {
    return text;
  }

  private Map<String, Pool> pools(Map<String, DocumentNode> members) {
    Map<String, Pool> pools = new HashMap<>();
    DocumentNode node = members.get("pools");
    if (node != null) {
      node.members()
          .forEach(
              (name, pool) -> {
                pools.put(name, pool(name, pool));
                places.addPool(name, pool);
              });
    }
    return pools;
  }

  private static Pool pool(String name, DocumentNode node) {
    Map<String, DocumentNode> members = node.members("ports", "nodes", "hold");
    DocumentNode ports = members.get("ports");
    if (ports == null) {
      node.complain("A pool needs ports; write ports: [20000-20999]");
    }
    DocumentNode hold = members.get("hold");
    Duration held = hold == null ? null : hold.read(PolicyReader::duration);
    return new Pool(
        name,
        ports == null ? PortSet.of(List.of()) : ports(ports),
        patterns(members, "nodes"),
        held == null ? Duration.ofDays(30) : held);
  }

  static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (java.time.DateTimeException e) {
      // the sentence below covers it
    }
    throw new IllegalArgumentException(
        "'%s' is no length of time; write P30D, PT12H or PT30S".formatted(text));
  }

  static List<TextPattern> patterns(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? List.of() : node.each(TextPattern::of);
  }

  static Map<String, TextPattern> patternsByKey(Map<String, DocumentNode> members, String name) {
    Map<String, TextPattern> patterns = new HashMap<>();
    DocumentNode node = members.get(name);
    if (node != null) {
      node.someMembers()
          .forEach(
              (key, value) -> {
                TextPattern pattern = value.read(TextPattern::of);
                if (pattern != null) {
                  patterns.put(key, pattern);
                }
              });
    }
    return patterns;
  }

  static String names(Iterable<String> names) {
    List<String> sorted = new ArrayList<>();
    names.forEach(sorted::add);
    return sorted.isEmpty() ? "none" : sorted.stream().sorted().collect(Collectors.joining(", "));
  }
}
