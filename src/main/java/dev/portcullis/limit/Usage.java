package dev.portcullis.limit;

import dev.portcullis.policy.InUse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an account has, on all nodes, besides the proxy that is asked for.
 *
 * @param recent sessions that were heard of a moment ago and have closed nothing since their login
 * @param open proxies, added up
 */
record Usage(List<Recent> recent, List<Open> open) {

  /** A session. */
  record Recent(String node, String runId) {}

  /**
   * Proxies of one session that are alike.
   *
   * @param port 0 for a type without one
   */
  record Open(String node, String type, String runId, int port, int count) {}

  Usage {
    recent = List.copyOf(recent);
    open = List.copyOf(open);
  }

  /** What counts for a login with that run id. */
  InUse ofLogin(Predicate<String> nodes, String runId) {
    Set<String> sessions = sessions(nodes);
    return new InUse(sessions.contains(runId) ? 0 : sessions.size(), 0, 0, 0, Map.of());
  }

  /**
   * What counts for a proxy of the session of that run id.
   *
   * @param node where it is
   * @param port that it takes; 0 for none
   */
  InUse ofProxy(Predicate<String> nodes, String runId, String node, String type, int port) {
    Set<String> others = sessions(nodes);
    others.remove(runId);
    int proxies = 0;
    int ofSession = 0;
    Set<String> ports = new HashSet<>();
    Map<String, Integer> types = new HashMap<>();
    for (Open some : open) {
      if (nodes.test(some.node())) {
        proxies += some.count();
        ofSession += some.runId().equals(runId) ? some.count() : 0;
        types.merge(some.type(), some.count(), Integer::sum);
        boolean takesPort = some.type().equals("tcp") || some.type().equals("udp");
        // members of a group share theirs
        boolean shared =
            some.node().equals(node) && some.type().equals(type) && some.port() == port;
        if (takesPort && !shared) {
          ports.add(some.node() + " " + some.type() + " " + some.port());
        }
      }
    }
    // one without proxies has no place of its own yet
    return new InUse(ofSession > 0 ? 0 : others.size(), proxies, ofSession, ports.size(), types);
  }

  private Set<String> sessions(Predicate<String> nodes) {
    Set<String> sessions = new HashSet<>();
    recent.stream().filter(one -> nodes.test(one.node())).forEach(one -> sessions.add(one.runId()));
    open.stream().filter(one -> nodes.test(one.node())).forEach(one -> sessions.add(one.runId()));
    return sessions;
  }
}
