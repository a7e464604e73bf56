package dev.portcullis.lease;

import dev.portcullis.operation.NewProxy;
import dev.portcullis.reservation.GrantSet.Transport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a proxy occupies on its node, as frps routes ({@code pkg/util/vhost/router.go}): a port; for
 * hosts the host, with location and HTTP user where the type routes by them.
 */
final class Occupancy {
  private static final int LONGEST = 400;
  private static final Set<String> GROUPED = Set.of("tcp", "http", "https", "tcpmux");

  private Occupancy() {}

  static SortedSet<String> of(NewProxy proxy) {
    if (Transport.of(proxy.proxyType()).isPresent()) {
      return ofPort(proxy.proxyType(), proxy.remotePort());
    }
    SortedSet<String> resources = new TreeSet<>();
    for (String host : hosts(proxy)) {
      switch (proxy.proxyType()) {
        case "http" -> {
          for (String location : proxy.locations().isEmpty() ? List.of("") : proxy.locations()) {
            resources.add(key("http", host, location, proxy.routeByHttpUser()));
          }
        }
        case "tcpmux" -> resources.add(key("tcpmux", host, "", proxy.routeByHttpUser()));
        case "https" -> resources.add(key("https", host, "", ""));
        default -> {
          // the others occupy nothing but their name
        }
      }
    }
    return resources;
  }

  static SortedSet<String> ofPort(String proxyType, int port) {
    return new TreeSet<>(port == 0 ? List.of() : List.of(portKey(proxyType, port)));
  }

  static String portKey(String proxyType, int port) {
    return proxyType + ":" + port;
  }

  /** The port of such a key; 0 of any other. */
  static int portOf(String proxyType, String resource) {
    return resource.startsWith(proxyType + ":") && Transport.of(proxyType).isPresent()
        ? Integer.parseInt(resource.substring(proxyType.length() + 1))
        : 0;
  }

  static boolean isPort(String resource) {
    return resource.startsWith("tcp:") || resource.startsWith("udp:");
  }

  /** The name of a group, which frps knows once for all accounts of a type. */
  static String groupKey(NewProxy proxy) {
    return fitting(String.join(":", "group", proxy.proxyType(), proxy.group()));
  }

  static boolean isGroup(String resource) {
    return resource.startsWith("group:");
  }

  /** The key that members of a group share; empty for a proxy without one. */
  static String group(NewProxy proxy, String nodeId, String accountId) {
    return proxy.group().isEmpty() || !GROUPED.contains(proxy.proxyType())
        ? ""
        : fitting(String.join(":", "group", nodeId, accountId, proxy.proxyType(), proxy.group()));
  }

  private static List<String> hosts(NewProxy proxy) {
    List<String> hosts = new ArrayList<>();
    for (String domain : proxy.customDomains()) {
      if (!domain.isEmpty()) {
        hosts.add(domain.toLowerCase(Locale.ROOT));
      }
    }
    if (!proxy.subdomain().isEmpty()) {
      // without a dot no custom domain can be equal to it by chance
      hosts.add("subdomain=" + proxy.subdomain().toLowerCase(Locale.ROOT));
    }
    return hosts;
  }

  private static String key(String type, String host, String location, String httpUser) {
    return fitting(type + ":" + host + "|" + location + "|" + httpUser);
  }

  private static String fitting(String key) {
    if (key.length() <= LONGEST) {
      return key;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return key.substring(0, LONGEST - 65) + "#" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
