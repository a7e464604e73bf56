package dev.portcullis.condition;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as a number of 128 bits; one of IPv4 as IPv6 maps it (RFC 4291, 2.5.5.2), so that
 * {@code 192.0.2.1} and {@code ::ffff:192.0.2.1} are the same.
 */
public record Address(BigInteger number) implements Comparable<Address> {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern WITH_PORT = Pattern.compile("(?:\\[(.+)]|([^:]+)):\\d+");
  static final int BITS = 128;
  private static final int BITS_OF_IPV4 = 32;
  private static final BigInteger MAPPED = BigInteger.valueOf(0xFFFF).shiftLeft(BITS_OF_IPV4);

  /**
   * Reads an address, and asks no name server.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static Address of(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is no IP address".formatted(text));
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      BigInteger number = new BigInteger(1, bytes);
      return new Address(bytes.length == 4 ? MAPPED.or(number) : number);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'%s' is no IP address".formatted(text), e);
    }
  }

  /** The address in {@code ip}, {@code ip:port} or {@code [ip]:port}; empty when there is none. */
  public static Optional<Address> ofEndpoint(String endpoint) {
    var withPort = WITH_PORT.matcher(endpoint);
    String host =
        !withPort.matches()
            ? endpoint
            : withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
    try {
      return Optional.of(of(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isIpv4() {
    return number.shiftRight(BITS_OF_IPV4).equals(BigInteger.valueOf(0xFFFF));
  }

  /** The first and the last address of the network of that many leading bits. */
  Address first(int bits) {
    return new Address(number.shiftRight(BITS - bits).shiftLeft(BITS - bits));
  }

  Address last(int bits) {
    return new Address(
        first(bits).number.or(BigInteger.ONE.shiftLeft(BITS - bits).subtract(BigInteger.ONE)));
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
    return number.compareTo(other.number);
  }

  /** The same, for the Java library. */
  public InetAddress inet() {
    byte[] bytes = new byte[isIpv4() ? 4 : 16];
    BigInteger rest = number;
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = rest.byteValue();
      rest = rest.shiftRight(8);
    }
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
