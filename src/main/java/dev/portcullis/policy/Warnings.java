package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a document says that its author hardly means. */
final class Warnings {
  private Warnings() {}

  static List<Finding> of(PolicyDocument document) {
    List<Finding> findings = new ArrayList<>();
    overlappingPools(document, findings);
    overlappingReservations(document, findings);
    for (Rule rule : document.rules()) {
      unreachable(rule, findings);
      shadowed(rule, document, findings);
    }
    return findings;
  }

  private static void overlappingPools(PolicyDocument document, List<Finding> findings) {
    List<Pool> pools = document.pools();
    for (int i = 0; i < pools.size(); i++) {
      for (int j = i + 1; j < pools.size(); j++) {
        if (pools.get(i).ports().overlaps(pools.get(j).ports())
            && sameNodes(pools.get(i).nodes(), pools.get(j).nodes())) {
          findings.add(
              warning(
                  0,
                  "The pools '%s' and '%s' have ports in common on one node"
                      .formatted(pools.get(i).name(), pools.get(j).name())));
        }
      }
    }
  }

  /** Ports that are reserved twice: for nobody but who is in both. */
  private static void overlappingReservations(PolicyDocument document, List<Finding> findings) {
    List<Rule> reservations =
        document.rules().stream().filter(rule -> rule.who().others()).toList();
    for (int i = 0; i < reservations.size(); i++) {
      for (int j = i + 1; j < reservations.size(); j++) {
        Rule one = reservations.get(i);
        Rule other = reservations.get(j);
        if (Objects.requireNonNull(one.proxies())
                .ports()
                .overlaps(Objects.requireNonNull(other.proxies()).ports())
            && sameNodes(one.nodes(), other.nodes())) {
          findings.add(
              warning(
                  other.line(),
                  "'%s' and '%s' (line %d) reserve a port twice: only who may by both gets it"
                      .formatted(other.name(), one.name(), one.line())));
        }
      }
    }
  }

  /** Whether there can be a node that both mean. */
  private static boolean sameNodes(List<TextPattern> one, List<TextPattern> other) {
    TextPattern.Names nobody = new TextPattern.Names("", "", Set.of());
    return one.isEmpty()
        || other.isEmpty()
        || one.stream()
            .anyMatch(
                pattern -> other.stream().anyMatch(more -> pattern.meets(more.toString(), nobody)));
  }

  private static void unreachable(Rule rule, List<Finding> findings) {
    if (rule.from() != null && rule.until() != null && !rule.from().isBefore(rule.until())) {
      findings.add(
          warning(rule.line(), "'%s' never fits: it ends before it begins".formatted(rule.name())));
    }
    ProxyMatch proxies = rule.proxies();
    if (proxies == null || proxies.types().isEmpty()) {
      return;
    }
    boolean takesPorts = proxies.types().contains("tcp") || proxies.types().contains("udp");
    boolean takesHosts =
        proxies.types().stream().anyMatch(List.of("http", "https", "tcpmux")::contains);
    boolean namesHosts = !proxies.domains().isEmpty() || !proxies.subdomains().isEmpty();
    if (proxies.namesResources()
        && !(takesPorts && proxies.namesPorts())
        && !(takesHosts && namesHosts)) {
      findings.add(
          warning(
              rule.line(),
              "'%s' never fits: no proxy of type %s takes what it names"
                  .formatted(rule.name(), PolicyReader.names(proxies.types()))));
    }
  }

  /** An allow of which a deny takes all. */
  private static void shadowed(Rule rule, PolicyDocument document, List<Finding> findings) {
    if (rule.effect() != Rule.Effect.ALLOW) {
      return;
    }
    document.rules().stream()
        .filter(other -> other.effect() == Rule.Effect.DENY && other.enforced())
        .filter(other -> takesAllOf(other, rule))
        .findFirst()
        .ifPresent(
            other ->
                findings.add(
                    warning(
                        rule.line(),
                        "'%s' never allows anything: '%s' (line %d) denies all of it"
                            .formatted(rule.name(), other.name(), other.line()))));
  }

  private static boolean takesAllOf(Rule deny, Rule allow) {
    return deny.clients() == null
        && deny.visitors() == null
        && deny.hours() == null
        && deny.from() == null
        && deny.until() == null
        && deny.when() == null
        && deny.nodes().isEmpty()
        && deny.operations().containsAll(allow.operations())
        && !deny.who().others()
        && (deny.who().everyone() || deny.who().equals(allow.who()) || isGroupOf(deny, allow))
        && (deny.proxies() == null || takesAllProxiesOf(deny.proxies(), allow.proxies()));
  }

  private static boolean isGroupOf(Rule deny, Rule allow) {
    return deny.who().accounts().isEmpty()
        && deny.who().labels().isEmpty()
        && !allow.who().groups().isEmpty()
        && deny.who().groups().containsAll(allow.who().groups());
  }

  private static boolean takesAllProxiesOf(ProxyMatch deny, @Nullable ProxyMatch allow) {
    if (!deny.names().isEmpty() || !deny.groups().isEmpty() || !deny.metas().isEmpty()) {
      return false;
    }
    if (!deny.types().isEmpty()
        && (allow == null || allow.types().isEmpty() || !deny.types().containsAll(allow.types()))) {
      return false;
    }
    return !deny.namesResources()
        || (allow != null
            && allow.namesPorts()
            && allow.domains().isEmpty()
            && allow.subdomains().isEmpty()
            && deny.ports().containsAll(allow.ports())
            && allow.pools().stream().allMatch(pool -> deny.ports().containsAll(pool.ports())));
  }

  private static Finding warning(int line, String message) {
    return new Finding(Finding.Level.WARNING, line, line == 0 ? 0 : 1, message);
  }
}
