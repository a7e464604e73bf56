package dev.portcullis.policy;

import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import java.time.Duration;
import java.util.List;

/**
 * Ports that are given to whoever asks and may.
 *
 * @param nodes on which it is; empty for all
 * @param hold for how long a port stays with an account and proxy after it was closed
 */
record Pool(String name, PortSet ports, List<TextPattern> nodes, Duration hold) {
  public Pool {
    nodes = List.copyOf(nodes);
  }

  boolean isOn(Facts facts) {
    return nodes.isEmpty() || Fit.any(nodes, facts.node(), facts.names());
  }
}
