package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules, each found by that facet of it by which the fewest others are found; what no facet tells
 * is looked at each time. In document order, each list.
 */
final class RuleIndex {
  private final Map<Facet, Map<Object, List<Rule>>> lists = new EnumMap<>(Facet.class);
  // of the keys of facets whose keys are beginnings
  private final Map<Facet, BitSet> lengths = new EnumMap<>(Facet.class);
  private final List<Rule> others = new ArrayList<>();

  /**
   * Sorts rules.
   *
   * @param rules in document order
   * @param isOfAnyPort whether it is asked about proxies that take any port, or about all others
   */
  RuleIndex(List<Rule> rules, boolean isOfAnyPort) {
    List<List<Set<Facet.Key>>> ways =
        rules.stream().map(rule -> Facet.ways(rule, isOfAnyPort)).toList();
    Map<Facet.Key, Integer> shared = new HashMap<>();
    ways.forEach(of -> of.forEach(keys -> keys.forEach(key -> shared.merge(key, 1, Integer::sum))));
    Comparator<Set<Facet.Key>> fewest =
        Comparator.comparingInt(keys -> keys.stream().mapToInt(shared::get).max().orElse(0));
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      ways.get(i).stream()
          .min(fewest.thenComparingInt(Set::size))
          .ifPresentOrElse(keys -> keys.forEach(key -> put(key, rule)), () -> others.add(rule));
    }
  }

  private void put(Facet.Key key, Rule rule) {
    lists
        .computeIfAbsent(key.facet(), facet -> new HashMap<>())
        .computeIfAbsent(key.value(), value -> new ArrayList<>(1))
        .add(rule);
    if (key.facet().isPrefix()) {
      lengths
          .computeIfAbsent(key.facet(), facet -> new BitSet())
          .set(key.value().toString().length());
    }
  }

  /** The first rule of the document that fits. */
  Optional<Rule> first(Facts facts) {
    Rule first = null;
    for (List<Rule> list : listsFor(facts)) {
      first = first(list, first, facts);
    }
    return Optional.ofNullable(first);
  }

  private static @Nullable Rule first(List<Rule> rules, @Nullable Rule known, Facts facts) {
    for (Rule rule : rules) {
      if (known != null && rule.order() > known.order()) {
        return known;
      }
      if (rule.fits(facts)) {
        return rule;
      }
    }
    return known;
  }

  /** All rules that may fit, each once, in document order. */
  List<Rule> candidates(Facts facts) {
    return listsFor(facts).stream()
        .flatMap(List::stream)
        .distinct()
        .sorted(Comparator.comparingInt(Rule::order))
        .toList();
  }

  private List<List<Rule>> listsFor(Facts facts) {
    List<List<Rule>> found = new ArrayList<>();
    found.add(others);
    lists.forEach((facet, byKey) -> addTo(found, byKey, facet, facts));
    return found;
  }

  private void addTo(
      List<List<Rule>> found, Map<Object, List<Rule>> byKey, Facet facet, Facts facts) {
    Collection<?> values = facet.values(facts);
    if (values == null) {
      found.addAll(byKey.values());
      return;
    }
    BitSet ofPrefixes = lengths.get(facet);
    for (Object value : values) {
      if (ofPrefixes == null) {
        addTo(found, byKey.get(value));
      } else {
        String text = value.toString();
        for (int length = ofPrefixes.nextSetBit(0);
            length >= 0 && length <= text.length();
            length = ofPrefixes.nextSetBit(length + 1)) {
          addTo(found, byKey.get(text.substring(0, length)));
        }
      }
    }
  }

  private static void addTo(List<List<Rule>> found, @Nullable List<Rule> list) {
    if (list != null) {
      found.add(list);
    }
  }
}
