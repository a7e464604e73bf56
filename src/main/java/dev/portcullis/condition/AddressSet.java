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
    int slash = text.indexOf('/');
    Address address = Address.of(slash < 0 ? text : text.substring(0, slash));
    int bits = slash < 0 ? Address.BITS : bits(text, slash, address);
    Address first = address.first(bits);
    if (!first.equals(address)) {
      throw new IllegalArgumentException(
          "'%s' is no network: it has bits behind its length; write %s%s"
              .formatted(text, first, text.substring(slash)));
    }
    Address last = address.last(bits);
    Map.Entry<Address, Address> before = ranges.floorEntry(first);
    if (before != null && before.getValue().compareTo(last) >= 0) {
      return;
    }
    // networks are one in the other or apart, so what begins within it ends within it
    ranges.subMap(first, true, last, true).clear();
    ranges.put(first, last);
  }

  private static int bits(String text, int slash, Address address) {
    int most = address.isIpv4() && text.indexOf(':') < 0 ? 32 : Address.BITS;
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= most) {
        return Address.BITS - most + bits;
      }
    } catch (NumberFormatException e) {
      // the sentence below covers it
    }
    throw new IllegalArgumentException(
        "'%s' is no network: its length goes from 0 to %d".formatted(text, most));
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
