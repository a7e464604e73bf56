package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much accounts may have, each of them for itself. What is counted is what they have on the
 * nodes of the limit.
 *
 * @param name unique among the limits
 * @param line of the document
 * @param who whom it is for
 * @param nodes on which it counts; empty for all
 * @param sessions at the same time; {@link #UNLIMITED} for any number, as with the next three
 * @param proxies open ones
 * @param proxiesPerSession open ones of one session
 * @param ports of tcp and udp
 * @param types open proxies by their type; absent for any number
 * @param bandwidth of each proxy; null for any
 * @param perProxy new connections of users to one proxy; null for any
 * @param perVisitor new connections of one address to the proxies of one account; null for any
 * @param bans of who goes over {@code perVisitor}; null for none
 */
public record Limit(
    String name,
    int line,
    Who who,
    List<TextPattern> nodes,
    int sessions,
    int proxies,
    int proxiesPerSession,
    int ports,
    Map<String, Integer> types,
    @Nullable Bandwidth bandwidth,
    @Nullable Rate perProxy,
    @Nullable Rate perVisitor,
    @Nullable BanSteps bans) {
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public Limit {
    nodes = List.copyOf(nodes);
    types = Map.copyOf(types);
  }

  boolean fits(Facts facts) {
    return who.fits(facts) && isOn(facts.node(), facts);
  }

  /** Whether what is on a node counts. */
  public boolean isOn(String node, Facts facts) {
    return nodes.isEmpty() || Fit.any(nodes, node, facts.names());
  }

  boolean countsSessions() {
    return sessions != UNLIMITED;
  }

  boolean countsProxies() {
    return countsSessions()
        || proxies != UNLIMITED
        || proxiesPerSession != UNLIMITED
        || ports != UNLIMITED
        || !types.isEmpty();
  }

  /** All that one more session, or proxy, would exceed. */
  List<Excess> excesses(Facts facts, InUse inUse) {
    List<Excess> found = new ArrayList<>();
    // a session that has been quiet may have lost its place to others
    check(found, facts, "sessions", inUse.sessions(), sessions, "sessions");
    if (facts.operation().equals("NewProxy")) {
      String type = facts.proxy().type();
      check(found, facts, "proxies", inUse.proxies(), proxies, "proxies open");
      check(
          found,
          facts,
          "proxies-per-session",
          inUse.proxiesOfSession(),
          proxiesPerSession,
          "proxies open in this session");
      if (facts.proxy().takesPort()) {
        check(found, facts, "ports", inUse.ports(), ports, "ports in use");
      }
      check(
          found,
          facts,
          "types",
          inUse.types().getOrDefault(type, 0),
          types.getOrDefault(type, UNLIMITED),
          "proxies of type " + type + " open");
    }
    return found;
  }

  private void check(
      List<Excess> found, Facts facts, String code, int used, int most, String what) {
    if (used >= most) {
      found.add(
          new Excess(
              "limit." + code,
              name,
              most,
              "'%s' has %d of %d %s (limit '%s'). %s ask whoever runs the server for more."
                  .formatted(
                      facts.account(),
                      used,
                      most,
                      what,
                      name,
                      most == 0
                          ? "None are allowed;"
                          : code.equals("sessions") ? "Stop one, or" : "Close one, or")));
    }
  }
}
