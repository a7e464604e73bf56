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
 * @param addresses empty for any; a client of unknown address is in none
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

  boolean fits(Facts facts) {
    Facts.Client client = facts.client();
    return (addresses.isEmpty() || Fit.any(addresses, client.ip()))
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
