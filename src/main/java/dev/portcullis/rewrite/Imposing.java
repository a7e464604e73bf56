package dev.portcullis.rewrite;

import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewProxyEdit;
import dev.portcullis.policy.Bandwidth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How what is imposed meets what a client has asked for. */
final class Imposing {
  private Imposing() {}

  /** A client may ask for less than the imposed limit, not for more. */
  static void bandwidth(NewProxy asked, Bandwidth most, NewProxyEdit edit) {
    Optional<Bandwidth> wish = Bandwidth.parse(asked.bandwidthLimit());
    edit.serverBandwidth(wish.map(own -> own.atMost(most)).orElse(most).text());
  }

  static Map<String, String> headers(Map<String, String> asked, Map<String, String> imposed) {
    Map<String, String> all = new LinkedHashMap<>(asked);
    // HTTP takes header names in any case
    imposed.keySet().forEach(name -> all.keySet().removeIf(name::equalsIgnoreCase));
    all.putAll(imposed);
    return all;
  }

  static Map<String, String> texts(Map<String, String> asked, Map<String, String> imposed) {
    Map<String, String> all = new LinkedHashMap<>(asked);
    all.putAll(imposed);
    return all;
  }
}
