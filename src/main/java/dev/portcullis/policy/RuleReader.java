package dev.portcullis.policy;

import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.Expression;
import dev.portcullis.condition.Hours;
import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.VersionRange;
import dev.portcullis.policy.Rule.Effect;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a document, one after the other. */
final class RuleReader {
  static final List<String> TYPES =
      List.of("tcp", "udp", "http", "https", "tcpmux", "stcp", "xtcp", "sudp");

  /** What frps does not tell of the proxy that a visitor comes to. */
  private static final Set<String> UNTOLD =
      Set.of("proxy.port", "proxy.domains", "proxy.subdomain", "proxy.metas");

  private final Map<String, AddressSet> sets;
  private final Map<String, Pool> pools;
  private final Set<String> names = new HashSet<>();
  private int order;

  RuleReader(Map<String, AddressSet> sets, Map<String, Pool> pools) {
    this.sets = sets;
    this.pools = pools;
  }

  /** The rule; empty, with findings, where it can't be told whom it is for. */
  Optional<Rule> rule(DocumentNode node) {
    Map<String, DocumentNode> members =
        node.members(
            "name",
            "allow",
            "deny",
            "nodes",
            "operations",
            "proxies",
            "clients",
            "visitors",
            "hours",
            "from",
            "until",
            "when",
            "enforce",
            "reason");
    if (!node.isMapping()) {
      return Optional.empty();
    }
    DocumentNode name = members.get("name");
    DocumentNode allow = members.get("allow");
    DocumentNode deny = members.get("deny");
    String named = name(node, name);
    if ((allow == null) == (deny == null)) {
      node.complain("A rule either allows or denies; write allow: {groups: [staff]}, or deny: ...");
      return Optional.empty();
    }
    DocumentNode whom = allow == null ? deny : allow;
    Effect effect = allow == null ? Effect.DENY : Effect.ALLOW;
    DocumentNode enforce = members.get("enforce");
    DocumentNode reason = members.get("reason");
    ProxyMatch proxies = proxies(members.get("proxies"));
    VisitorMatch visitors = visitors(members.get("visitors"));
    Set<String> operations = operations(members.get("operations"), effect, proxies, visitors);
    DocumentNode condition = members.get("when");
    Expression when = expression(condition);
    boolean isOfVisitors = visitors != null || operations.equals(Set.of("NewUserConn"));
    if (proxies != null && isOfVisitors && proxies.namesMoreThanVisitorsTell()) {
      node.complain(
          "frps does not say which port, domain, group or metadata the proxy has that a visitor comes to; choose its proxies by types and names");
    }
    if (condition != null
        && when != null
        && isOfVisitors
        && UNTOLD.stream().anyMatch(when::asksFor)) {
      condition.complain(
          "frps does not say this of the proxy that a visitor comes to: %s; ask for proxy.type and proxy.name"
              .formatted(PolicyReader.names(UNTOLD)));
    }
    return Optional.of(
        new Rule(
            named,
            nextOrder(),
            node.line(),
            effect,
            enforce == null || enforce.flag(),
            reason == null ? null : reason.someText(),
            who(whom),
            PolicyReader.patterns(members, "nodes"),
            operations,
            proxies,
            clients(members.get("clients")),
            visitors,
            hours(members.get("hours")),
            moment(members.get("from"), false),
            moment(members.get("until"), true),
            when));
  }

  /** The name of a rule, which no other has. */
  String name(DocumentNode node, @Nullable DocumentNode name) {
    if (name == null) {
      node.complain("A rule needs a name; write name: what it is for");
    } else if (!names.add(name.text())) {
      name.complain(
          "There is a rule '%s' already; give this one another name".formatted(name.text()));
    }
    return name == null ? "" : name.text();
  }

  /** The place of the next rule in the document. */
  int nextOrder() {
    return order++;
  }

  static Who who(@Nullable DocumentNode node) {
    if (node == null) {
      return new Who(true, List.of(), Set.of(), Map.of());
    }
    Map<String, DocumentNode> members = node.members("everyone", "accounts", "groups", "labels");
    if (members.isEmpty()) {
      node.complain("Say whom it is for; write {everyone: true} or {groups: [staff]}");
    }
    DocumentNode everyone = members.get("everyone");
    boolean isEveryone = everyone != null && everyone.flag();
    if (everyone != null && !isEveryone) {
      everyone.complain("Everyone is true or left out; name accounts, groups or labels instead");
    }
    if (isEveryone && members.size() > 1) {
      node.complain("Everyone is everyone; leave out the others, or everyone");
    }
    return new Who(
        isEveryone,
        PolicyReader.patterns(members, "accounts"),
        texts(members, "groups"),
        PolicyReader.patternsByKey(members, "labels"));
  }

  private static Set<String> texts(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    if (node == null) {
      return Set.of();
    }
    node.someItems();
    return new HashSet<>(node.texts());
  }

  private static Set<String> operations(
      @Nullable DocumentNode node,
      Effect effect,
      @Nullable ProxyMatch proxies,
      @Nullable VisitorMatch visitors) {
    if (node != null) {
      Set<String> operations = new HashSet<>();
      node.someItems()
          .forEach(
              item -> operations.add(item.word(PolicyDocument.OPERATIONS.toArray(String[]::new))));
      return operations;
    }
    if (visitors != null) {
      return Set.of("NewUserConn");
    }
    return proxies != null || effect == Effect.ALLOW
        ? Set.of("NewProxy")
        : Set.of("Login", "NewProxy", "Ping", "NewWorkConn", "NewUserConn");
  }

  @Nullable ProxyMatch proxies(@Nullable DocumentNode node) {
    if (node == null) {
      return null;
    }
    Map<String, DocumentNode> members =
        node.members(
            "types", "names", "ports", "pools", "domains", "subdomains", "groups", "metas");
    for (DocumentNode type : PolicyReader.someItems(members, "types")) {
      type.word(TYPES.toArray(String[]::new));
    }
    DocumentNode ports = members.get("ports");
    return new ProxyMatch(
        texts(members, "types"),
        PolicyReader.patterns(members, "names"),
        ports == null ? PortSet.of(List.of()) : PolicyReader.ports(ports),
        named(members, "pools", pools),
        PolicyReader.patterns(members, "domains"),
        PolicyReader.patterns(members, "subdomains"),
        PolicyReader.patterns(members, "groups"),
        PolicyReader.patternsByKey(members, "metas"));
  }

  private static <T> List<T> named(
      Map<String, DocumentNode> members, String name, Map<String, T> known) {
    List<T> found = new ArrayList<>();
    for (DocumentNode item : PolicyReader.someItems(members, name)) {
      T value = known.get(item.text());
      if (value == null) {
        item.complain(
            "There is no '%s' in %s; there are %s"
                .formatted(item.text(), name, PolicyReader.names(known.keySet())));
      } else {
        found.add(value);
      }
    }
    return found;
  }

  private @Nullable ClientMatch clients(@Nullable DocumentNode node) {
    if (node == null) {
      return null;
    }
    Map<String, DocumentNode> members =
        node.members("addresses", "sets", "versions", "os", "metas");
    DocumentNode versions = members.get("versions");
    DocumentNode metas = members.get("metas");
    if (metas != null
        && metas.members().keySet().stream().anyMatch(Facts.Client.SECRET_METAS::contains)) {
      metas.complain(
          "Secrets of clients are no condition; take another metadata than these: "
              + PolicyReader.names(Facts.Client.SECRET_METAS));
    }
    return new ClientMatch(
        addresses(members),
        versions == null ? List.of() : versions.each(VersionRange::of),
        texts(members, "os"),
        PolicyReader.patternsByKey(members, "metas"));
  }

  private List<AddressSet> addresses(Map<String, DocumentNode> members) {
    List<AddressSet> all = new ArrayList<>(named(members, "sets", sets));
    DocumentNode addresses = members.get("addresses");
    if (addresses != null) {
      all.add(PolicyReader.addresses(addresses));
    }
    return all;
  }

  private @Nullable VisitorMatch visitors(@Nullable DocumentNode node) {
    if (node == null) {
      return null;
    }
    Map<String, DocumentNode> members = node.members("addresses", "sets", "countries", "asns");
    for (DocumentNode country : PolicyReader.someItems(members, "countries")) {
      if (!country.text().matches("[A-Z]{2}")) {
        country.complain(
            "'%s' is no country; write two capitals, as in DE".formatted(country.text()));
      }
    }
    Set<Integer> asns = new HashSet<>();
    PolicyReader.someItems(members, "asns")
        .forEach(asn -> asns.add(asn.number(1, Integer.MAX_VALUE)));
    return new VisitorMatch(addresses(members), texts(members, "countries"), asns);
  }

  private static @Nullable Hours hours(@Nullable DocumentNode node) {
    if (node == null) {
      return null;
    }
    Map<String, DocumentNode> members = node.members("days", "at", "zone");
    DocumentNode zone = members.get("zone");
    try {
      return Hours.of(
          List.copyOf(texts(members, "days")),
          List.copyOf(texts(members, "at")),
          zone == null ? "UTC" : zone.text());
    } catch (IllegalArgumentException e) {
      node.complain(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable OffsetDateTime moment(@Nullable DocumentNode node, boolean isEnd) {
    return node == null ? null : node.read(text -> moment(text, isEnd));
  }

  private static OffsetDateTime moment(String text, boolean isEnd) {
    try {
      if (text.length() == "2026-12-31".length()) {
        LocalDate day = LocalDate.parse(text);
        return (isEnd ? day.plusDays(1) : day).atStartOfDay().atOffset(ZoneOffset.UTC);
      }
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no moment; write 2026-12-31, or 2026-12-31T18:00:00+01:00".formatted(text), e);
    }
  }

  private static @Nullable Expression expression(@Nullable DocumentNode node) {
    return node == null ? null : node.read(Expression::of);
  }
}
