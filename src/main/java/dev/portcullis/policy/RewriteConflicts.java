package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites that set the same to different values for the same proxy. Bandwidth is none of it: the
 * slower one counts.
 */
final class RewriteConflicts {
  private RewriteConflicts() {}

  private record Conflict(Rewrite first, Rewrite second, Setting setting) {
    boolean isSure() {
      return within(first.whom(), second.whom()) || within(second.whom(), first.whom());
    }

    Finding finding() {
      return new Finding(
          isSure() ? Finding.Level.ERROR : Finding.Level.WARNING,
          second.line(),
          1,
          "'%s' and '%s' (line %d) set %s to different values%s"
              .formatted(
                  second.name(),
                  first.name(),
                  first.line(),
                  setting.place(),
                  isSure()
                      ? " for the same proxies; leave one out"
                      : "; where both fit, the one that stands first counts"));
    }
  }

  /** For each rewrite at most one: many alike would hide the rest. */
  static List<Finding> of(PolicyDocument document) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<Rewrite>> before = new HashMap<>();
    for (Rewrite rewrite : document.rewrites()) {
      List<Conflict> conflicts =
          rewrite.settings().stream()
              .flatMap(
                  setting ->
                      before.getOrDefault(setting.key(), List.of()).stream()
                          .filter(first -> isOther(first, setting))
                          .filter(first -> !neverBoth(first.whom(), rewrite.whom()))
                          .map(first -> new Conflict(first, rewrite, setting)))
              .toList();
      conflicts.stream()
          .filter(Conflict::isSure)
          .findFirst()
          .or(() -> conflicts.stream().findFirst())
          .ifPresent(conflict -> findings.add(conflict.finding()));
      rewrite.settings().stream()
          .filter(setting -> setting.member() != Rewritable.BANDWIDTH)
          .forEach(
              setting ->
                  before.computeIfAbsent(setting.key(), key -> new ArrayList<>()).add(rewrite));
    }
    return findings;
  }

  private static boolean isOther(Rewrite rewrite, Setting setting) {
    return rewrite.settings().stream()
        .anyMatch(other -> other.key().equals(setting.key()) && !other.sameAs(setting));
  }

  private static boolean neverBoth(Rule one, Rule other) {
    ProxyMatch proxies = one.proxies();
    ProxyMatch others = other.proxies();
    return apart(exact(one.who().accounts()), exact(other.who().accounts()))
        || apart(exact(one.nodes()), exact(other.nodes()))
        || (proxies != null
            && others != null
            && (apart(proxies.types(), others.types())
                || apart(exact(proxies.names()), exact(others.names()))));
  }

  private static boolean apart(Set<String> some, Set<String> others) {
    return !some.isEmpty() && !others.isEmpty() && Collections.disjoint(some, others);
  }

  /** The names that patterns stand for; none where one stands for more. */
  private static Set<String> exact(List<TextPattern> patterns) {
    Set<String> names = new HashSet<>();
    for (TextPattern pattern : patterns) {
      if (pattern.exact().isEmpty()) {
        return Set.of();
      }
      names.add(pattern.toString());
    }
    return names;
  }

  /** Whether one fits wherever another does. */
  private static boolean within(Rule narrow, Rule wide) {
    return (wide.who().everyone() || wide.who().equals(narrow.who()))
        && (wide.nodes().isEmpty() || wide.nodes().equals(narrow.nodes()))
        && (wide.proxies() == null || wide.proxies().equals(narrow.proxies()));
  }
}
