package dev.portcullis.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the limits of a document, one after the other. */
final class LimitReader {
  private static final int MOST = 1_000_000;

  private final Set<String> names = new HashSet<>();

  Limit limit(DocumentNode node) {
    Map<String, DocumentNode> members =
        node.members(
            "name",
            "for",
            "nodes",
            "sessions",
            "proxies",
            "proxies-per-session",
            "ports",
            "types",
            "bandwidth",
            "connections",
            "bans");
    DocumentNode name = members.get("name");
    DocumentNode whom = members.get("for");
    if (name == null) {
      node.complain("A limit needs a name; write name: what it is for");
    } else if (!names.add(name.text())) {
      name.complain(
          "There is a limit '%s' already; give this one another name".formatted(name.text()));
    }
    if (whom == null) {
      node.complain("A limit says for whom; write for: {everyone: true}");
    }
    Set<String> said = new HashSet<>(members.keySet());
    said.removeAll(Set.of("name", "for", "nodes", "bans"));
    if (said.isEmpty()) {
      node.complain("This limits nothing; write sessions: 3, proxies: 10, bandwidth: 1MB");
    }
    Map<String, DocumentNode> connections = connections(members.get("connections"));
    Rate perVisitor = rate(connections.get("per-visitor"));
    DocumentNode bans = members.get("bans");
    if (bans != null && perVisitor == null) {
      bans.complain(
          "Visitors are banned who exceed their rate; write connections: {per-visitor: 20/10s}");
    }
    return new Limit(
        name == null ? "" : name.text(),
        node.line(),
        RuleReader.who(whom),
        PolicyReader.patterns(members, "nodes"),
        number(members, "sessions"),
        number(members, "proxies"),
        number(members, "proxies-per-session"),
        number(members, "ports"),
        types(members.get("types")),
        bandwidth(members.get("bandwidth")),
        rate(connections.get("per-proxy")),
        perVisitor,
        bans(bans));
  }

  private static int number(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? Limit.UNLIMITED : node.number(0, MOST);
  }

  static Map<String, Integer> types(@Nullable DocumentNode node) {
    Map<String, Integer> types = new HashMap<>();
    if (node != null) {
      node.members(RuleReader.TYPES.stream().sorted().toArray(String[]::new))
          .forEach((type, most) -> types.put(type, most.number(0, MOST)));
    }
    return types;
  }

  private static @Nullable Bandwidth bandwidth(@Nullable DocumentNode node) {
    return node == null
        ? null
        : node.read(
            text ->
                Bandwidth.parse(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "'%s' is no bandwidth of frp; write 500KB or 1MB"
                                    .formatted(text))));
  }

  private static Map<String, DocumentNode> connections(@Nullable DocumentNode node) {
    return node == null ? Map.of() : node.members("per-proxy", "per-visitor");
  }

  private static @Nullable Rate rate(@Nullable DocumentNode node) {
    return node == null ? null : node.read(Rate::of);
  }

  private static @Nullable BanSteps bans(@Nullable DocumentNode node) {
    if (node == null) {
      return null;
    }
    Map<String, DocumentNode> members = node.members("after", "first", "factor", "longest");
    DocumentNode after = members.get("after");
    DocumentNode factor = members.get("factor");
    Duration first = duration(members.get("first"), Duration.ofMinutes(1));
    Duration longest = duration(members.get("longest"), Duration.ofDays(1));
    if (longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(365)) > 0) {
      node.complain("The longest ban lasts from as long as the first one to P365D");
    }
    return new BanSteps(
        after == null ? 3 : after.number(1, 1_000),
        first,
        factor == null ? 4 : factor.number(1, 100),
        longest);
  }

  private static Duration duration(@Nullable DocumentNode node, Duration standard) {
    Duration read = node == null ? standard : node.read(PolicyReader::duration);
    if (node != null && read != null && read.compareTo(Duration.ofSeconds(1)) < 0) {
      node.complain("Write at least PT1S here");
    }
    return read == null ? standard : read;
  }
}
