package dev.portcullis.policy;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether there is anything that a rule fits. */
final class Reach {
  private static final Set<String> OF_PROXIES = Set.of("NewProxy", "CloseProxy", "NewUserConn");
  private static final Set<String> TO_ALLOW = Set.of("NewProxy", "NewUserConn");
  private static final Set<String> OF_HOSTS = Set.of("http", "https", "tcpmux");
  private static final Set<String> OF_PORTS = Set.of("tcp", "udp");

  private Reach() {}

  /** Why a rule never counts, and what to do; empty where it may. */
  static Optional<String> whyNone(Rule rule, OffsetDateTime now) {
    if (rule.from() != null && rule.until() != null && !rule.from().isBefore(rule.until())) {
      return Optional.of("it ends before it begins; exchange from and until");
    }
    if (rule.until() != null && !now.isBefore(rule.until())) {
      return Optional.of("it is over; give it a later until, or take it out");
    }
    if (rule.effect() == Rule.Effect.ALLOW && Collections.disjoint(rule.operations(), TO_ALLOW)) {
      return Optional.of(
          "%s needs no rule that allows it; write deny, or leave operations out"
              .formatted(PolicyReader.names(rule.operations())));
    }
    if (rule.visitors() != null
        && !rule.visitors().isAnybody()
        && !rule.operations().contains("NewUserConn")) {
      return Optional.of(
          "visitors come with NewUserConn alone; leave operations out, or name clients in place of visitors");
    }
    if (rule.clients() != null
        && rule.clients().versions().stream().anyMatch(range -> range.isEmpty())) {
      return Optional.of("no version is within its bounds; write for example >=0.52 <0.70");
    }
    return rule.proxies() == null ? Optional.empty() : whyNoProxy(rule, rule.proxies());
  }

  private static Optional<String> whyNoProxy(Rule rule, ProxyMatch proxies) {
    if ((!proxies.types().isEmpty() || proxies.namesResources())
        && Collections.disjoint(rule.operations(), OF_PROXIES)) {
      return Optional.of(
          "%s is about no proxy; leave proxies out, or operations"
              .formatted(PolicyReader.names(rule.operations())));
    }
    if (!proxies.namesResources()) {
      return Optional.empty();
    }
    if (rule.effect() == Rule.Effect.DENY && !rule.operations().contains("NewProxy")) {
      return Optional.of(
          "ports and domains are known of NewProxy alone; choose its proxies by types and names");
    }
    boolean namesHosts = !proxies.domains().isEmpty() || !proxies.subdomains().isEmpty();
    if (!proxies.types().isEmpty()
        && !(proxies.namesPorts() && !Collections.disjoint(proxies.types(), OF_PORTS))
        && !(namesHosts && !Collections.disjoint(proxies.types(), OF_HOSTS))) {
      return Optional.of(
          "no proxy of type %s takes what it names; ports and pools are of tcp and udp, domains and subdomains of http, https and tcpmux"
              .formatted(PolicyReader.names(proxies.types())));
    }
    return !namesHosts && proxies.ports().isEmpty() && isOnOtherNodes(rule, proxies.pools())
        ? Optional.of("its pools are not on its nodes; give one of them the nodes of the other")
        : Optional.empty();
  }

  private static boolean isOnOtherNodes(Rule rule, List<Pool> pools) {
    return !rule.nodes().isEmpty()
        && rule.nodes().stream()
            .allMatch(
                node ->
                    node.exact().isPresent()
                        && pools.stream()
                            .allMatch(
                                pool ->
                                    !pool.nodes().isEmpty()
                                        && pool.nodes().stream()
                                            .noneMatch(other -> other.covers(node))));
  }
}
