package dev.portcullis.condition;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** IP addresses and networks of both families, each network once. Immutable. */
public final class AddressSet {
  // last address by first, none within or next to another
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

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
