package dev.portcullis.condition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Values of networks, found by an address: one look for each length of network that there is, so
 * that their number does not matter. Immutable.
 */
public final class AddressTable<V> {
  // by length, the longest first
  private final SortedMap<Integer, Map<Address, List<V>>> byLength =
      new TreeMap<>(Comparator.reverseOrder());

  private AddressTable() {}

  /** Of values that each have a network. */
  public static <V> AddressTable<V> of(List<V> values, Function<V, Network> networkOf) {
    AddressTable<V> table = new AddressTable<>();
    for (V value : values) {
      Network network = networkOf.apply(value);
      table
          .byLength
          .computeIfAbsent(network.bits(), bits -> new HashMap<>())
          .computeIfAbsent(network.first(), first -> new ArrayList<>())
          .add(value);
    }
    return table;
  }

  public boolean isEmpty() {
    return byLength.isEmpty();
  }

  /** The values of the networks that the address is in, the smallest network first. */
  public Stream<V> covering(Address address) {
    return byLength.entrySet().stream()
        .flatMap(
            networks ->
                networks
                    .getValue()
                    .getOrDefault(address.first(networks.getKey()), List.of())
                    .stream());
  }
}
