package dev.portcullis.revision;

import dev.portcullis.condition.Address;
import dev.portcullis.geo.GeoStore;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where visitors come from, for policies that ask for it. */
final class VisitorPlace {
  private final GeoStore geo;

  VisitorPlace(GeoStore geo) {
    this.geo = geo;
  }

  /** The same facts, with what the policy wants to know of the visitor where they don't tell it. */
  Facts in(Facts facts, CompiledRules policy) {
    if (!facts.isVisit() || !(policy.asksForCountry() || policy.asksForAsn())) {
      return facts;
    }
    Facts.Visitor visitor = facts.visitor();
    Optional<Address> address = Address.ofEndpoint(visitor.address());
    return facts.withVisitor(
        new Facts.Visitor(
            visitor.address(),
            visitor.country().isEmpty() ? country(address) : visitor.country(),
            visitor.asn() == 0 ? asn(address) : visitor.asn()));
  }

  private String country(Optional<Address> address) {
    return geo.tellsCountries()
        ? address.map(known -> geo.country(known).orElse("")).orElse(Facts.Visitor.ANY_COUNTRY)
        : Facts.Visitor.ANY_COUNTRY;
  }

  private int asn(Optional<Address> address) {
    return geo.tellsOperators()
        ? address.map(known -> geo.asn(known).orElse(0)).orElse(Facts.Visitor.ANY_ASN)
        : Facts.Visitor.ANY_ASN;
  }

  /** What of a policy can't be decided for want of a file. */
  List<Finding> findings(CompiledRules policy) {
    List<Finding> findings = new ArrayList<>();
    if (policy.asksForCountry() && !geo.tellsCountries()) {
      findings.add(missing("countries"));
    }
    if (policy.asksForAsn() && !geo.tellsOperators()) {
      findings.add(missing("asns"));
    }
    return findings;
  }

  private static Finding missing(String what) {
    return new Finding(
        Finding.Level.WARNING,
        0,
        0,
        "Rules ask for %s of visitors, and no file of portcullis.geo tells them: such a deny denies every visitor, such an allow none"
            .formatted(what));
  }
}
