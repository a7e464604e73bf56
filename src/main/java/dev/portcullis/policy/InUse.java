package dev.portcullis.policy;

import java.util.Map;

/**
 * What an account has on the nodes of a limit, besides what it asks for.
 *
 * @param sessions other than the one that asks
 * @param proxies open ones
 * @param proxiesOfSession open ones of the session that asks
 * @param ports of tcp and udp, each once, whoever shares it
 * @param types open proxies by their type
 */
public record InUse(
    int sessions, int proxies, int proxiesOfSession, int ports, Map<String, Integer> types) {
  public static final InUse NOTHING = new InUse(0, 0, 0, 0, Map.of());

  public InUse {
    types = Map.copyOf(types);
  }
}
