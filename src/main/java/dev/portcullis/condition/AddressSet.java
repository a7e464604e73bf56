package dev.portcullis.condition;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** IP addresses and networks of both families, each network once. Immutable. */
public final class AddressSet {
  private static final int MOST_NETWORKS = 256;
  private static final Address FIRST_OF_IPV4 = Address.of("0.0.0.0");

  // last address by first, none within another
  private final NavigableMap<Address, Address> ranges;
  private final String text;

  private AddressSet(NavigableMap<Address, Address> ranges, String text) {
    this.ranges = ranges;
    this.text = text;
  }

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24} and {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static AddressSet of(Collection<String> texts) {
    NavigableMap<Address, Address> ranges = new TreeMap<>();
    texts.forEach(text -> add(ranges, text.strip()));
    return new AddressSet(ranges, texts.stream().collect(Collectors.joining(", ")));
  }

  private static void add(NavigableMap<Address, Address> ranges, String text) {
    Network network = Network.of(text);
    Address first = network.first();
    Address last = network.last();
    Map.Entry<Address, Address> before = ranges.floorEntry(first);
    if (before != null && before.getValue().compareTo(last) >= 0) {
      return;
    }
    // networks are one in the other or apart, so what begins within it ends within it
    ranges.subMap(first, true, last, true).clear();
    ranges.put(first, last);
  }

  public boolean contains(Address address) {
    Map.Entry<Address, Address> range = ranges.floorEntry(address);
    return range != null && address.compareTo(range.getValue()) <= 0;
  }

  /** Whether every address of the other is in this. */
  public boolean containsAll(AddressSet other) {
    // several of this, side by side, may hold one of the other
    return other.ranges.entrySet().stream()
        .allMatch(
            range -> {
              Address next = range.getKey();
              while (next.compareTo(range.getValue()) <= 0) {
                Map.Entry<Address, Address> own = ranges.floorEntry(next);
                if (own == null || own.getValue().compareTo(next) < 0) {
                  return false;
                }
                if (own.getValue().compareTo(range.getValue()) >= 0) {
                  return true;
                }
                next = own.getValue().next();
              }
              return true;
            });
  }

  /**
   * The networks in which addresses of any of the sets are, as {@link Address#network} names them;
   * empty where they are too many to be looked up by.
   */
  public static Optional<Set<Address>> networks(Collection<AddressSet> sets) {
    Set<Address> networks = new HashSet<>();
    for (AddressSet set : sets) {
      for (Map.Entry<Address, Address> range : set.ranges.entrySet()) {
        if (!addNetworks(networks, range.getKey(), range.getValue())) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(networks);
  }

  private static boolean addNetworks(Set<Address> networks, Address first, Address last) {
    if (first.compareTo(FIRST_OF_IPV4) < 0 && last.compareTo(FIRST_OF_IPV4) >= 0) {
      // of both families
      return false;
    }
    Address network = first.network();
    networks.add(network);
    Address end = network.last(network.bitsOfNetwork());
    while (end.compareTo(last) < 0) {
      network = end.next();
      end = network.last(network.bitsOfNetwork());
      networks.add(network);
      if (networks.size() > MOST_NETWORKS) {
        return false;
      }
    }
    return true;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
