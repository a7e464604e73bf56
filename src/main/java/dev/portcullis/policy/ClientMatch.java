package dev.portcullis.policy;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.TextPattern;
import dev.portcullis.condition.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which clients are meant. Members that are given must all fit; of the values of one, any.
 *
 * @param addresses empty for any
 * @param versions of frpc; empty for any
 * @param systems in frp's words, for example {@code linux}; empty for any
 * @param metas that it has, with their values; empty for any
 */
record ClientMatch(
    List<AddressSet> addresses,
    List<VersionRange> versions,
    Set<String> systems,
    Map<String, TextPattern> metas) {

  public ClientMatch {
    addresses = List.copyOf(addresses);
    versions = List.copyOf(versions);
    systems = Set.copyOf(systems);
    metas = Map.copyOf(metas);
  }

  /**
   * Whether a client is meant.
   *
   * @param doubtful whether one of unknown address is
   */
  boolean fits(Facts facts, boolean doubtful) {
    Facts.Client client = facts.client();
    return (addresses.isEmpty() || Fit.any(addresses, client.ip(), doubtful))
        && (versions.isEmpty()
            || versions.stream().anyMatch(range -> range.contains(client.version())))
        && (systems.isEmpty() || systems.contains(client.os()))
        && Fit.all(metas, client.metas(), facts.names());
  }

  /** The networks in which those that fit are; empty where that can't be told. */
  Optional<Set<Address>> networks() {
    return addresses.isEmpty() ? Optional.empty() : AddressSet.networks(addresses);
  }
}
