package dev.portcullis.policy;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.AddressSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which visitors are meant. Members that are given must all fit; of the values of one, any.
 *
 * @param addresses empty for any
 * @param countries ISO 3166 in capitals; empty for any
 * @param asns numbers of the operators of networks; empty for any
 */
record VisitorMatch(List<AddressSet> addresses, Set<String> countries, Set<Integer> asns) {
  public VisitorMatch {
    addresses = List.copyOf(addresses);
    countries = Set.copyOf(countries);
    asns = Set.copyOf(asns);
  }

  /**
   * Whether a visitor is meant.
   *
   * @param doubtful whether one is of whom nobody can tell the address, country or operator
   */
  boolean fits(Facts facts, boolean doubtful) {
    Facts.Visitor visitor = facts.visitor();
    // where nobody visits there is no doubt
    return (addresses.isEmpty() || Fit.any(addresses, visitor.ip(), doubtful && facts.isVisit()))
        && (countries.isEmpty()
            || (visitor.country().equals(Facts.Visitor.ANY_COUNTRY)
                ? doubtful
                : countries.contains(visitor.country())))
        && (asns.isEmpty()
            || (visitor.asn() == Facts.Visitor.ANY_ASN ? doubtful : asns.contains(visitor.asn())));
  }

  /** The networks in which those that fit are; empty where that can't be told. */
  Optional<Set<Address>> networks() {
    return addresses.isEmpty() ? Optional.empty() : AddressSet.networks(addresses);
  }

  boolean isAnybody() {
    return addresses.isEmpty() && countries.isEmpty() && asns.isEmpty();
  }
}
