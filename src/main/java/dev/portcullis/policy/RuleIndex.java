package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one effect for one operation, found by whom they are for: by the name of an account, by
 * a group, or, where they name neither, by the type of the proxy. In document order, each list.
 */
final class RuleIndex {
  private final Map<String, List<Rule>> byAccount = new HashMap<>();
  private final Map<String, List<Rule>> byGroup = new HashMap<>();
  private final Map<String, List<Rule>> byType = new HashMap<>();
  private final List<Rule> others = new ArrayList<>();

  RuleIndex(Collection<Rule> rules) {
    rules.forEach(this::add);
  }

  private void add(Rule rule) {
    Who who = rule.who();
    List<String> accounts =
        who.accounts().stream().map(TextPattern::exact).flatMap(Optional::stream).toList();
    if (!who.everyone() && !accounts.isEmpty() && accounts.size() == who.accounts().size()) {
      accounts.stream().distinct().forEach(account -> put(byAccount, account, rule));
    } else if (!who.everyone() && !who.groups().isEmpty()) {
      who.groups().forEach(group -> put(byGroup, group, rule));
    } else if (rule.proxies() != null && !rule.proxies().types().isEmpty()) {
      rule.proxies().types().forEach(type -> put(byType, type, rule));
    } else {
      others.add(rule);
    }
  }

  private static void put(Map<String, List<Rule>> lists, String key, Rule rule) {
    lists.computeIfAbsent(key, name -> new ArrayList<>()).add(rule);
  }

  /** The first rule of the document that fits and is enforced, or is not, as asked. */
  Optional<Rule> first(Facts facts, boolean enforced) {
    Rule first = first(byAccount.get(facts.account()), null, facts, enforced);
    for (String group : facts.groups()) {
      first = first(byGroup.get(group), first, facts, enforced);
    }
    first = first(byType.get(facts.proxy().type()), first, facts, enforced);
    return Optional.ofNullable(first(others, first, facts, enforced));
  }

  private static @Nullable Rule first(
      @Nullable List<Rule> rules, @Nullable Rule known, Facts facts, boolean enforced) {
    if (rules != null) {
      for (Rule rule : rules) {
        if (known != null && rule.order() > known.order()) {
          return known;
        }
        if (rule.enforced() == enforced && rule.fits(facts)) {
          return rule;
        }
      }
    }
    return known;
  }

  /** All rules that may concern the facts, each once, in document order. */
  List<Rule> candidates(Facts facts) {
    List<Rule> all = new ArrayList<>(others);
    all.addAll(byAccount.getOrDefault(facts.account(), List.of()));
    all.addAll(byType.getOrDefault(facts.proxy().type(), List.of()));
    facts.groups().forEach(group -> all.addAll(byGroup.getOrDefault(group, List.of())));
    return all.stream().distinct().sorted(Comparator.comparingInt(Rule::order)).toList();
  }
}
