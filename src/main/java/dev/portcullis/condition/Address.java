package dev.portcullis.condition;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as a number of 128 bits; one of IPv4 as IPv6 maps it (RFC 4291, 2.5.5.2), so that
 * {@code 192.0.2.1} and {@code ::ffff:192.0.2.1} are the same.
 *
 * @param high its first 64 bits
 * @param low its last 64 bits
 */
public record Address(long high, long low) implements Comparable<Address> {
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern WITH_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):\\d+");
  static final int BITS = 128;
  private static final int BITS_OF_IPV4 = 32;
  private static final long MAPPED = 0xFFFFL << BITS_OF_IPV4;

  /** Leading bits of the networks that addresses are looked up by: /24 of IPv4, /48 of IPv6. */
  private static final int NETWORK_OF_IPV4 = BITS - BITS_OF_IPV4 + 24;

  private static final int NETWORK = 48;

  /**
   * Reads an address, and asks no name server.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Address of(String text) {
    long four = ipv4(text);
    if (four >= 0) {
      return new Address(0, MAPPED | four);
    }
    if (!IPV6.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no IP address; write 192.0.2.1 or 2001:db8::1".formatted(text));
    }
    try {
      // of an address that is mapped it makes one of 4 bytes
      byte[] bytes = InetAddress.getByName(text).getAddress();
      ByteBuffer numbers = ByteBuffer.wrap(bytes);
      return bytes.length == Integer.BYTES
          ? new Address(0, MAPPED | Integer.toUnsignedLong(numbers.getInt()))
          : new Address(numbers.getLong(), numbers.getLong());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'%s' is no IP address; write 192.0.2.1 or 2001:db8::1".formatted(text), e);
    }
  }

  /** The number of an address of IPv4; -1 where it is none. By hand: every visitor comes by. */
  private static long ipv4(String text) {
    long number = 0;
    int part = -1;
    int parts = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9 && part != 0) {
        part = Math.max(part, 0) * 10 + digit;
      } else if (text.charAt(i) == '.' && part >= 0 && parts < 3) {
        number = number << 8 | part;
        parts++;
        part = -1;
      } else {
        return -1;
      }
      if (part > 255) {
        return -1;
      }
    }
    return parts == 3 && part >= 0 ? number << 8 | part : -1;
  }

  /** The address in {@code ip}, {@code ip:port} or {@code [ip]:port}; empty when there is none. */
  public static Optional<Address> ofEndpoint(String endpoint) {
    String host = endpoint;
    if (endpoint.indexOf(':') >= 0) {
      var withPort = WITH_PORT.matcher(endpoint);
      if (withPort.matches()) {
        host = withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
      }
    }
    try {
      return host.isEmpty() ? Optional.empty() : Optional.of(of(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isIpv4() {
    return high == 0 && low >>> BITS_OF_IPV4 == 0xFFFF;
  }

  /** The first and the last address of the network of that many leading bits. */
  Address first(int bits) {
    return new Address(high & leading(bits), low & leading(bits - Long.SIZE));
  }

  Address last(int bits) {
    return new Address(high | ~leading(bits), low | ~leading(bits - Long.SIZE));
  }

  /** A number of 64 bits, so many of which are set, the first ones. */
  private static long leading(int bits) {
    return bits <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - bits);
  }

  /** The network that it is looked up by. */
  public Address network() {
    return first(bitsOfNetwork());
  }

  int bitsOfNetwork() {
    return isIpv4() ? NETWORK_OF_IPV4 : NETWORK;
  }

  /** The one after it. */
  Address next() {
    return new Address(low == -1 ? high + 1 : high, low + 1);
  }

  /**
   * Whom a count of attempts or connections is kept for: the address, and of IPv6 the network of 64
   * bits, which one customer has to himself.
   */
  public Address counted() {
    return isIpv4() ? this : first(BITS / 2);
  }

  /** {@link #counted()} as text, a network with its length. */
  public String countedText() {
    return isIpv4() ? toString() : counted() + "/64";
  }

  @Override
  public int compareTo(Address other) {
    int order = Long.compareUnsigned(high, other.high);
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }

  /** The same, for the Java library. */
  public InetAddress inet() {
    byte[] bytes =
        isIpv4()
            ? ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array()
            : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return inet().getHostAddress();
  }
}
