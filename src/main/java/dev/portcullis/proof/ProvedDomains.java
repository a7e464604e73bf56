package dev.portcullis.proof;

import dev.portcullis.reservation.DomainName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one account has proved, and what it has only claimed. Immutable. */
public final class ProvedDomains {
  private final List<DomainName> proved;
  private final Map<DomainName, Challenge> open;

  /** What is proved, and with what the rest is to be. */
  ProvedDomains(List<DomainName> proved, Map<DomainName, Challenge> open) {
    this.proved = List.copyOf(proved);
    this.open = Map.copyOf(open);
  }

  /** Whether the account has proved a domain, itself or by a wildcard. */
  public boolean contains(DomainName domain) {
    return proved.stream().anyMatch(own -> own.covers(domain));
  }

  /** The record that would prove a domain which the account has claimed; empty for others. */
  public Optional<String> missingRecord(DomainName domain) {
    return open.entrySet().stream()
        .filter(claim -> claim.getKey().covers(domain))
        .map(claim -> claim.getValue().line())
        .findFirst();
  }
}
