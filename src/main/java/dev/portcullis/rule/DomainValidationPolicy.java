package dev.portcullis.rule;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.proof.ProvedDomains;
import dev.portcullis.reservation.DomainName;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets http, https and tcpmux proxies answer only for domains and subdomains that the account owns
 * or has proved, or that a rule allows: for every one that it names, in any case. Passes them on in
 * lower case.
 */
@Decorator
@Priority(DecisionOrder.DOMAIN_VALIDATION)
class DomainValidationPolicy implements DecisionPoint<NewProxy> {
  private static final Set<String> TYPES = Set.of("http", "https", "tcpmux");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private final DecisionPoint<NewProxy> next;
  private final GrantStore grants;
  private final PolicyStore policies;
  private final DomainClaimStore claims;

  @Inject
  DomainValidationPolicy(
      @Delegate @Any DecisionPoint<NewProxy> next,
      GrantStore grants,
      PolicyStore policies,
      DomainClaimStore claims) {
    this.next = next;
    this.grants = grants;
    this.policies = policies;
    this.claims = claims;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    NewProxy proxy = request.content();
    if (!TYPES.contains(proxy.proxyType())) {
      return next.decide(request);
    }
    String account = request.requireAccount().name();
    GrantSet owned = grants.of(request.requireAccount().id());
    // frps skips empty ones
    List<String> domains =
        proxy.customDomains().stream().filter(domain -> !domain.isEmpty()).toList();
    if (domains.isEmpty() && proxy.subdomain().isEmpty()) {
      return Decision.rejected(
          "domain.none",
          "A proxy of type %s needs customDomains or a subdomain.".formatted(proxy.proxyType()));
    }
    for (String text : domains) {
      DomainName domain;
      try {
        domain = new DomainName(text);
      } catch (IllegalArgumentException e) {
        return Decision.rejected(
            "domain.malformed",
            "Domain %s is not allowed: %s.".formatted(Quoted.of(text), e.getMessage()));
      }
      ProvedDomains proved = claims.of(request.requireAccount().id());
      if (!owned.ownsDomain(domain)
          && !proved.contains(domain)
          && !isRuled(request, List.of(text), "")) {
        Optional<String> record = proved.missingRecord(domain);
        if (record.isPresent()) {
          return Decision.rejected(
              "domain.not-proved",
              "Domain %s is claimed by '%s', but not proved. Set the DNS record %s and try again some minutes later."
                  .formatted(Quoted.of(text), account, record.get()));
        }
        return Decision.rejected(
            "domain.not-granted",
            "Domain %s is not granted to '%s'; granted: %s."
                .formatted(
                    Quoted.of(text),
                    account,
                    Allowed.text(owned.domainsText(), policies.domainsText(request))));
      }
    }
    String subdomain = proxy.subdomain().toLowerCase(Locale.ROOT);
    if (!subdomain.isEmpty() && !LABEL.matcher(subdomain).matches()) {
      return Decision.rejected(
          "subdomain.malformed",
          "Subdomain %s is not allowed: use one label of letters, digits and hyphens."
              .formatted(Quoted.of(proxy.subdomain())));
    }
    if (!subdomain.isEmpty()
        && !owned.ownsSubdomain(subdomain)
        && !isRuled(request, List.of(), subdomain)) {
      return Decision.rejected(
          "subdomain.not-granted",
          "Subdomain %s is not granted to '%s'; granted: %s."
              .formatted(
                  Quoted.of(proxy.subdomain()),
                  account,
                  Allowed.text(owned.subdomainsText(), policies.subdomainsText(request))));
    }
    // frps 0.52 compares them as they were written
    NewProxy lower =
        proxy.edit().customDomains(lower(proxy.customDomains())).subdomain(subdomain).done();
    return next.decide(request.withContent(lower));
  }

  /** Whether a rule decides on one of the hosts by itself: others may be granted. */
  private boolean isRuled(
      DecisionRequest<NewProxy> request, List<String> domains, String subdomain) {
    NewProxy one = request.content().edit().customDomains(domains).subdomain(subdomain).done();
    return !policies.isSilentOn(request.withContent(one));
  }

  private static List<String> lower(List<String> domains) {
    return domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
  }
}
