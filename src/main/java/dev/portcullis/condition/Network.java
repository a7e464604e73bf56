package dev.portcullis.condition;

/**
 * All addresses that begin with the same bits.
 *
 * @param first the lowest of them
 * @param bits how many they share, of the 128 of an {@link Address}
 */
public record Network(Address first, int bits) {

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24} and {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    Address address = Address.of(slash < 0 ? text : text.substring(0, slash));
    int bits = slash < 0 ? Address.BITS : bits(text, slash, address);
    Address first = address.first(bits);
    if (!first.equals(address)) {
      throw new IllegalArgumentException(
          "'%s' is no network: it has bits behind its length; write %s%s"
              .formatted(text, first, text.substring(slash)));
    }
    return new Network(first, bits);
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

  Address last() {
    return first.last(bits);
  }
}
