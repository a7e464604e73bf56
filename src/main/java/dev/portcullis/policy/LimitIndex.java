package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Limits, found by whom they are for: by the name of an account, by a group, or one by one. */
final class LimitIndex {
  private final Map<String, List<Limit>> byAccount = new HashMap<>();
  private final Map<String, List<Limit>> byGroup = new HashMap<>();
  private final List<Limit> others = new ArrayList<>();

  LimitIndex(Collection<Limit> limits) {
    limits.forEach(this::add);
  }

  private void add(Limit limit) {
    Who who = limit.who();
    List<String> accounts =
        who.accounts().stream().map(TextPattern::exact).flatMap(Optional::stream).toList();
    if (!accounts.isEmpty() && accounts.size() == who.accounts().size()) {
      accounts.stream().distinct().forEach(account -> put(byAccount, account, limit));
    } else if (!who.groups().isEmpty()) {
      who.groups().forEach(group -> put(byGroup, group, limit));
    } else {
      others.add(limit);
    }
  }

  private static void put(Map<String, List<Limit>> lists, String key, Limit limit) {
    lists.computeIfAbsent(key, name -> new ArrayList<>()).add(limit);
  }

  Limits of(Facts facts) {
    List<Limit> candidates = new ArrayList<>(others);
    candidates.addAll(byAccount.getOrDefault(facts.account(), List.of()));
    facts.groups().forEach(group -> candidates.addAll(byGroup.getOrDefault(group, List.of())));
    return new Limits(
        candidates.stream()
            .distinct()
            .filter(limit -> limit.fits(facts))
            .sorted(Comparator.comparingInt(Limit::line))
            .toList(),
        facts);
  }
}
