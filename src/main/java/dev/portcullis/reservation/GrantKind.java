package dev.portcullis.reservation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be granted; each kind knows how its values are written. */
public enum GrantKind {
  /** A TCP port or a range of them. */
  TCP_PORT,
  /** A UDP port or a range of them. */
  UDP_PORT,
  /** A domain, or all below one as {@code *.example.com}, for http, https and tcpmux. */
  DOMAIN,
  /** A subdomain of the node's subdomain host, with {@code *} for any letters. */
  SUBDOMAIN,
  /** A proxy type; whoever has such a grant may use the granted types only. */
  PROXY_TYPE,
  /** A pattern for proxy names, without the user's prefix; more than one widen the choice. */
  PROXY_NAME;

  /** frp's proxy types. */
  static final List<String> TYPES =
      List.of("tcp", "udp", "http", "https", "tcpmux", "stcp", "xtcp", "sudp");

  private static final Pattern SUBDOMAIN_FORM =
      Pattern.compile("[a-z0-9*](?:[a-z0-9*-]{0,61}[a-z0-9*])?");

  /** As it is written in the admin API: {@code tcp-port}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whose ports it gives; empty where it gives none. */
  Optional<GrantSet.Transport> transport() {
    return switch (this) {
      case TCP_PORT -> Optional.of(GrantSet.Transport.TCP);
      case UDP_PORT -> Optional.of(GrantSet.Transport.UDP);
      default -> Optional.empty();
    };
  }

  static Optional<GrantKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(GrantKind::word).collect(Collectors.joining(", "));
  }

  /**
   * The one way to write a value.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  String normalize(String value) {
    String text = value.strip();
    return switch (this) {
      case TCP_PORT, UDP_PORT -> PortRange.parse(text).toString();
      case DOMAIN -> new DomainName(text).text();
      case SUBDOMAIN -> subdomain(text);
      case PROXY_TYPE -> type(text);
      case PROXY_NAME -> new NamePattern(text).text();
    };
  }

  private static String subdomain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!SUBDOMAIN_FORM.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "Write a subdomain as one label of letters, digits and hyphens, with * for any letters");
    }
    return lower;
  }

  private static String type(String text) {
    if (!TYPES.contains(text)) {
      throw new IllegalArgumentException(
          "Write one of frp's proxy types: " + String.join(", ", TYPES));
    }
    return text;
  }
}
