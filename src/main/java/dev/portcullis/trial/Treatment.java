package dev.portcullis.trial;

import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Rule;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.reservation.DomainName;
import dev.portcullis.reservation.GrantSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a policy treats what is asked, by its rules and by what the account owns.
 *
 * @param allowed whether it lets it pass
 * @param rule the one that decides; empty where none does
 */
record Treatment(boolean allowed, Optional<Rule> rule) {
  /** The codes of refusals that another policy could have spared. */
  private static final Set<String> REFUSALS_BY_POLICY =
      Set.of(
          "rule.denied",
          "rule.visitor-not-allowed",
          "proxy-name.not-granted",
          "proxy-type.not-granted",
          "port.none-granted",
          "port.not-granted",
          "domain.not-granted",
          "domain.not-proved",
          "subdomain.not-granted");

  /** Whether a refusal of that code is the policy's: not of a sign-in, a lease, a lock. */
  static boolean isRefusalByPolicy(String code) {
    return REFUSALS_BY_POLICY.contains(code);
  }

  /**
   * By one policy, and what the account owns now.
   *
   * @param hasProved which domains it has proved
   */
  static Treatment of(
      CompiledRules policy,
      Facts facts,
      Supplier<GrantSet> owned,
      Predicate<DomainName> hasProved) {
    Verdict verdict = policy.judge(facts);
    return verdict.outcome() == Outcome.DENIED || !facts.operation().equals("NewProxy")
        ? ofVerdict(verdict)
        : new Treatment(
            policy.ungranted(facts).stream()
                .allMatch(part -> owns(owned.get(), hasProved, part, verdict)),
            verdict.rule());
  }

  /**
   * By another policy than the one that decided. What was granted then counts as granted; of what
   * only a rule allowed then, it counts whether the account owns it now.
   *
   * @param then the policy that decided
   * @param wasAllowed what was decided
   * @param hasProved which domains the account has proved by now
   */
  static Treatment instead(
      CompiledRules policy,
      CompiledRules then,
      Facts facts,
      boolean wasAllowed,
      Supplier<GrantSet> owned,
      Predicate<DomainName> hasProved) {
    Verdict verdict = policy.judge(facts);
    if (verdict.outcome() == Outcome.DENIED || !facts.operation().equals("NewProxy")) {
      return ofVerdict(verdict);
    }
    List<Facts> needed = policy.ungranted(facts);
    if (needed.isEmpty()) {
      return new Treatment(true, verdict.rule());
    }
    List<Facts> neededThen = then.ungranted(facts);
    boolean needsMore = isSilent(verdict) && !isSilent(then.judge(facts));
    boolean needsLess = !isSilent(verdict) && isSilent(then.judge(facts));
    if (!wasAllowed && !needsLess && !neededThen.isEmpty() && needed.containsAll(neededThen)) {
      return new Treatment(false, Optional.empty());
    }
    return new Treatment(
        needed.stream()
            .allMatch(
                part ->
                    (wasAllowed && !needsMore && neededThen.contains(part))
                        || owns(owned.get(), hasProved, part, verdict)),
        Optional.empty());
  }

  /** Whether name and type need a grant too: a rule may allow those, and name no port to give. */
  private static boolean isSilent(Verdict verdict) {
    return verdict.outcome() == Outcome.NOT_ALLOWED;
  }

  private static Treatment ofVerdict(Verdict verdict) {
    return new Treatment(
        verdict.outcome() == Outcome.ALLOWED || verdict.outcome() == Outcome.OPEN, verdict.rule());
  }

  /** Whether grants and proofs allow a proxy that takes at most one thing for itself. */
  private static boolean owns(
      GrantSet owned, Predicate<DomainName> hasProved, Facts part, Verdict verdict) {
    Facts.Proxy proxy = part.proxy();
    return (!isSilent(verdict)
            || (owned.allowsName(proxy.name()) && owned.allowsType(proxy.type())))
        && GrantSet.Transport.of(proxy.type())
            .map(
                transport ->
                    proxy.port() == 0
                        ? owned.ownsPorts(transport)
                        : owned.ownsPort(transport, proxy.port()))
            .orElseGet(() -> ownsHosts(owned, hasProved, proxy));
  }

  private static boolean ownsHosts(
      GrantSet owned, Predicate<DomainName> hasProved, Facts.Proxy proxy) {
    return proxy.domains().stream().allMatch(domain -> ownsDomain(owned, hasProved, domain))
        && (proxy.subdomain().isEmpty() || owned.ownsSubdomain(proxy.subdomain()));
  }

  private static boolean ownsDomain(
      GrantSet owned, Predicate<DomainName> hasProved, String domain) {
    try {
      DomainName name = new DomainName(domain);
      return owned.ownsDomain(name) || hasProved.test(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
