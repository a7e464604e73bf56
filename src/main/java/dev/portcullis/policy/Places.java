package dev.portcullis.policy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Where in a document its rules and pools are. */
final class Places {
  private final Map<String, Place> rules = new HashMap<>();
  private final Map<String, Place> pools = new HashMap<>();

  /**
   * A place.
   *
   * @param line from 1; 0 where it is not known
   * @param column from 1; 0 where it is not known
   */
  record Place(int line, int column) {
    static final Place UNKNOWN = new Place(0, 0);
  }

  void addRule(String name, DocumentNode node) {
    rules.put(name, new Place(node.line(), node.column()));
  }

  void addPool(String name, DocumentNode node) {
    pools.put(name, new Place(node.line(), node.column()));
  }

  Place ofRule(Rule rule) {
    return rules.getOrDefault(rule.name(), Place.UNKNOWN);
  }

  Place ofPool(Pool pool) {
    return pools.getOrDefault(pool.name(), Place.UNKNOWN);
  }

  static <T> Comparator<T> comparing(Function<T, Place> place) {
    return Comparator.comparing(
        place, Comparator.comparingInt(Place::line).thenComparingInt(Place::column));
  }
}
