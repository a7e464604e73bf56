package dev.portcullis.policy;

import dev.portcullis.policy.Rule.Effect;
import dev.portcullis.policy.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A document, ready to be asked by many threads. Immutable. */
public final class CompiledRules {
  private static final RuleIndex NONE = new RuleIndex(List.of());

  private final PolicyDocument document;
  private final Map<String, RuleIndex> denying = new HashMap<>();
  private final Map<String, RuleIndex> allowing = new HashMap<>();

  CompiledRules(PolicyDocument document) {
    this.document = document;
    for (String operation : PolicyDocument.OPERATIONS) {
      denying.put(operation, new RuleIndex(rules(operation, Effect.DENY)));
      allowing.put(operation, new RuleIndex(rules(operation, Effect.ALLOW)));
    }
  }

  private List<Rule> rules(String operation, Effect effect) {
    return document.rules().stream()
        .filter(rule -> rule.effect() == effect && rule.operations().contains(operation))
        .toList();
  }

  public PolicyDocument document() {
    return document;
  }

  /** Judges. A deny of any part counts; an allow must be there for every part. */
  public Verdict judge(Facts facts) {
    Optional<Rule> wouldDeny = denying(facts, false);
    Optional<Rule> denied = denying(facts, true);
    if (denied.isPresent()) {
      return new Verdict(Outcome.DENIED, denied, wouldDeny);
    }
    return switch (facts.operation()) {
      case "NewProxy" -> publishing(facts, wouldDeny);
      case "NewUserConn" -> visiting(facts, wouldDeny);
      default -> new Verdict(Outcome.OPEN, Optional.empty(), wouldDeny);
    };
  }

  private Optional<Rule> denying(Facts facts, boolean enforced) {
    return units(facts)
        .map(unit -> of(denying, unit).first(unit, enforced))
        .flatMap(Optional::stream)
        .min(Comparator.comparingInt(Rule::order));
  }

  private Verdict publishing(Facts facts, Optional<Rule> wouldDeny) {
    List<Optional<Rule>> allowed = units(facts).map(this::allowing).toList();
    return allowed.stream().allMatch(Optional::isPresent)
        ? new Verdict(Outcome.ALLOWED, allowed.get(0), wouldDeny)
        : new Verdict(Outcome.NOT_ALLOWED, Optional.empty(), wouldDeny);
  }

  /** Whoever may visit is allowed, unless rules say who may: then one of them must. */
  private Verdict visiting(Facts facts, Optional<Rule> wouldDeny) {
    Optional<Rule> allowed = allowing(facts);
    if (allowed.isPresent()) {
      return new Verdict(Outcome.ALLOWED, allowed, wouldDeny);
    }
    boolean isRestricted =
        of(allowing, facts).candidates(facts).stream()
            .anyMatch(rule -> rule.enforced() && rule.ofAnyVisitor().fits(facts));
    return new Verdict(
        isRestricted ? Outcome.NOT_ALLOWED : Outcome.OPEN, Optional.empty(), wouldDeny);
  }

  /** The rule that allows a proxy that takes at most one thing for itself. */
  private Optional<Rule> allowing(Facts unit) {
    return of(allowing, unit).first(unit, true);
  }

  private static RuleIndex of(Map<String, RuleIndex> indexes, Facts facts) {
    return indexes.getOrDefault(facts.operation(), NONE);
  }

  private static Stream<Facts> units(Facts facts) {
    List<Facts.Proxy> units = facts.proxy().units();
    return units.size() == 1 ? Stream.of(facts) : units.stream().map(facts::withProxy);
  }

  /**
   * The ports that rules allow to a proxy that asks for any, upwards, each judged when it is taken.
   *
   * @param facts with port 0
   */
  public IntStream ports(Facts facts) {
    TreeSet<Integer> named = new TreeSet<>();
    for (Rule rule : of(allowing, facts).candidates(facts)) {
      ProxyMatch proxies = rule.proxies();
      if (rule.enforced() && proxies != null) {
        proxies.ports().ports().forEach(named::add);
        proxies.pools().stream()
            .filter(pool -> pool.isOn(facts))
            .forEach(pool -> pool.ports().ports().forEach(named::add));
      }
    }
    return named.stream()
        .mapToInt(Integer::intValue)
        .filter(
            port ->
                judge(facts.withProxy(facts.proxy().withPort(port))).outcome() == Outcome.ALLOWED);
  }

  /** For how long a port is held after it was left; the longest of its pools; empty in none. */
  public IntFunction<Optional<Duration>> holds(Facts facts) {
    List<Pool> here = document.pools().stream().filter(pool -> pool.isOn(facts)).toList();
    return port ->
        here.stream()
            .filter(pool -> pool.ports().contains(port))
            .map(Pool::hold)
            .max(Comparator.naturalOrder());
  }

  /** Judges, and tells which rules were looked at. */
  public Verdict.Explanation explain(Facts facts) {
    List<Verdict.Look> looks = new ArrayList<>();
    Stream.concat(
            of(denying, facts).candidates(facts).stream(),
            of(allowing, facts).candidates(facts).stream())
        .sorted(Comparator.comparingInt(Rule::order))
        .forEach(rule -> looks.add(new Verdict.Look(rule, misfit(rule, facts))));
    return new Verdict.Explanation(judge(facts), looks);
  }

  private static Optional<String> misfit(Rule rule, Facts facts) {
    // a deny fits where any part does, an allow where one does too: others may allow the rest
    List<Optional<String>> misfits =
        units(facts).map(unit -> Optional.ofNullable(rule.misfit(unit))).toList();
    return misfits.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : misfits.get(0);
  }
}
