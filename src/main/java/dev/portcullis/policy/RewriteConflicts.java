package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites that set the same to different values for the same proxy. Bandwidth is none of it: the
 * slower one counts.
 */
final class RewriteConflicts {
  private RewriteConflicts() {}

  static List<Finding> of(PolicyDocument document) {
    List<Finding> findings = new ArrayList<>();
    List<Rewrite> rewrites = document.rewrites();
    for (int i = 0; i < rewrites.size(); i++) {
      for (int j = i + 1; j < rewrites.size(); j++) {
        Rewrite first = rewrites.get(i);
        Rewrite second = rewrites.get(j);
        conflict(first, second).ifPresent(setting -> report(first, second, setting, findings));
      }
    }
    return findings;
  }

  private static Optional<Setting> conflict(Rewrite first, Rewrite second) {
    return second.settings().stream()
        .filter(setting -> setting.member() != Rewritable.BANDWIDTH)
        .filter(
            setting ->
                first.settings().stream()
                    .anyMatch(other -> other.key().equals(setting.key()) && !other.sameAs(setting)))
        .findFirst();
  }

  private static void report(
      Rewrite first, Rewrite second, Setting setting, List<Finding> findings) {
    if (neverBoth(first.whom(), second.whom())) {
      return;
    }
    boolean isSure = sameProxies(first.whom(), second.whom());
    findings.add(
        new Finding(
            isSure ? Finding.Level.ERROR : Finding.Level.WARNING,
            second.line(),
            1,
            isSure
                ? "'%s' and '%s' (line %d) set %s to different values for the same proxies; leave one out"
                    .formatted(second.name(), first.name(), first.line(), setting.place())
                : "'%s' and '%s' (line %d) set %s to different values; where both fit, the one that stands first counts"
                    .formatted(second.name(), first.name(), first.line(), setting.place())));
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

  /** Whether one of them fits wherever the other does. */
  private static boolean sameProxies(Rule one, Rule other) {
    return within(one, other) || within(other, one);
  }

  private static boolean within(Rule narrow, Rule wide) {
    return (wide.who().everyone() || wide.who().equals(narrow.who()))
        && (wide.nodes().isEmpty() || wide.nodes().equals(narrow.nodes()))
        && (wide.proxies() == null || wide.proxies().equals(narrow.proxies()));
  }
}
