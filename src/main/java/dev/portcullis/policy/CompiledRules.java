package dev.portcullis.policy;

import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import dev.portcullis.policy.Rule.Effect;
import dev.portcullis.policy.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A document, ready to be asked by many threads. Immutable. */
public final class CompiledRules {
  private static final Indexes NONE = Indexes.of(List.of());

  private final PolicyDocument document;
  private final List<Rule> rules;
  private final Set<String> unenforced;
  private final NamedMetas metas;
  private final LimitIndex limits;
  private final boolean asksForCountry;
  private final boolean asksForAsn;
  private final Rewrites rewrites;
  private final Map<String, Indexes> indexes = new HashMap<>();

  /**
   * The rules about one operation.
   *
   * @param denying those that count
   * @param tried those that would deny
   * @param allowing those that count, for all but what takes any port
   * @param allowingAnyPort those that count, for what takes any port
   * @param ofVisitors those that allow visitors and count, for whoever visits
   */
  private record Indexes(
      RuleIndex denying,
      RuleIndex tried,
      RuleIndex allowing,
      RuleIndex allowingAnyPort,
      RuleIndex ofVisitors) {

    static Indexes of(List<Rule> rules) {
      List<Rule> allowing = rules(rules, Effect.ALLOW, true);
      return new Indexes(
          new RuleIndex(rules(rules, Effect.DENY, true), false),
          new RuleIndex(rules(rules, Effect.DENY, false), false),
          new RuleIndex(allowing, false),
          new RuleIndex(allowing, true),
          // which port a visitor comes to is not known
          new RuleIndex(allowing.stream().map(Rule::ofAnyVisitor).toList(), true));
    }

    private static List<Rule> rules(List<Rule> rules, Effect effect, boolean enforced) {
      return rules.stream()
          .filter(rule -> rule.effect() == effect && rule.enforced() == enforced)
          .toList();
    }

    RuleIndex allowing(Facts unit) {
      return unit.proxy().takesPort() && unit.proxy().port() == 0 ? allowingAnyPort : allowing;
    }
  }

  CompiledRules(PolicyDocument document) {
    this(document, document.rules());
  }

  private CompiledRules(PolicyDocument document, List<Rule> rules) {
    this.document = document;
    this.rules = rules;
    this.unenforced =
        document.rules().stream()
            .filter(rule -> !rule.enforced())
            .map(Rule::name)
            .collect(Collectors.toUnmodifiableSet());
    this.metas = new NamedMetas(rules);
    this.rewrites = new Rewrites(document.rewrites());
    this.limits = new LimitIndex(document.limits());
    this.asksForCountry = rules.stream().anyMatch(Rule::asksForCountry);
    this.asksForAsn = rules.stream().anyMatch(Rule::asksForAsn);
    for (String operation : PolicyDocument.OPERATIONS) {
      indexes.put(operation, Indexes.of(rules(operation)));
    }
  }

  private List<Rule> rules(String operation) {
    return rules.stream().filter(rule -> rule.operations().contains(operation)).toList();
  }

  public PolicyDocument document() {
    return document;
  }

  /** Whether a rule looks at a metadata of that key, of clients or of proxies. */
  public boolean namesMeta(String key) {
    return metas.test(key);
  }

  /** The same, as if every rule were enforced; empty where every rule is. */
  public Optional<CompiledRules> allEnforced() {
    return rules.stream().allMatch(Rule::enforced)
        ? Optional.empty()
        : Optional.of(new CompiledRules(document, rules.stream().map(Rule::inForce).toList()));
  }

  /** The same, of some of its rules. */
  CompiledRules only(Predicate<Rule> kept) {
    return new CompiledRules(document, rules.stream().filter(kept).toList());
  }

  /** The names of rules that are only tried. */
  public Set<String> unenforced() {
    return unenforced;
  }

  /**
   * What is made of a proxy before it is judged.
   *
   * @param runId of the session that asks
   */
  public Rewriting rewriting(Facts facts, String runId) {
    return rewrites.of(facts, runId);
  }

  /** Whether any rule looks at the country of visitors. */
  public boolean asksForCountry() {
    return asksForCountry;
  }

  /** Whether any rule looks at the operator of the network of visitors. */
  public boolean asksForAsn() {
    return asksForAsn;
  }

  /** The limits that apply to what is asked. */
  public Limits limits(Facts facts) {
    return limits.of(facts);
  }

  /** Judges. A deny of any part counts; an allow must be there for every part. */
  public Verdict judge(Facts facts) {
    Indexes about = indexes.getOrDefault(facts.operation(), NONE);
    List<Facts> units = units(facts);
    Optional<Rule> wouldDeny = denying(about.tried(), units);
    Optional<Rule> denied = denying(about.denying(), units);
    if (denied.isPresent()) {
      return new Verdict(Outcome.DENIED, denied, wouldDeny);
    }
    return switch (facts.operation()) {
      case "NewProxy" -> publishing(about, units, wouldDeny);
      case "NewUserConn" -> visiting(about, facts, wouldDeny);
      default -> new Verdict(Outcome.OPEN, Optional.empty(), wouldDeny);
    };
  }

  private static Optional<Rule> denying(RuleIndex rules, List<Facts> units) {
    Optional<Rule> first = Optional.empty();
    for (Facts unit : units) {
      Optional<Rule> found = rules.first(unit);
      if (found.isPresent() && (first.isEmpty() || found.get().order() < first.get().order())) {
        first = found;
      }
    }
    return first;
  }

  private static Verdict publishing(Indexes about, List<Facts> units, Optional<Rule> wouldDeny) {
    Optional<Rule> first = Optional.empty();
    for (Facts unit : units) {
      Optional<Rule> allowed = about.allowing(unit).first(unit);
      if (allowed.isEmpty()) {
        return new Verdict(Outcome.NOT_ALLOWED, Optional.empty(), wouldDeny);
      }
      first = first.isEmpty() ? allowed : first;
    }
    return new Verdict(Outcome.ALLOWED, first, wouldDeny);
  }

  /** Whoever may visit is allowed, unless rules say who may: then one of them must. */
  private static Verdict visiting(Indexes about, Facts facts, Optional<Rule> wouldDeny) {
    Optional<Rule> allowed = about.allowing(facts).first(facts);
    if (allowed.isPresent()) {
      return new Verdict(Outcome.ALLOWED, allowed, wouldDeny);
    }
    boolean isRestricted = about.ofVisitors().first(facts).isPresent();
    return new Verdict(
        isRestricted ? Outcome.NOT_ALLOWED : Outcome.OPEN, Optional.empty(), wouldDeny);
  }

  private static List<Facts> units(Facts facts) {
    List<Facts.Proxy> units = facts.proxy().units();
    return units.size() == 1 ? List.of(facts) : units.stream().map(facts::withProxy).toList();
  }

  /**
   * The ports that rules allow to a proxy that asks for any, upwards, each judged when it is taken.
   *
   * @param facts with port 0
   */
  public IntStream ports(Facts facts) {
    List<PortSet> named =
        indexes.getOrDefault(facts.operation(), NONE).allowingAnyPort().candidates(facts).stream()
            .filter(fittingButForWhen(facts))
            .flatMap(rule -> Stream.ofNullable(rule.proxies()))
            .map(proxies -> proxies.portsOn(facts))
            .toList();
    return PortSet.union(named)
        .ports()
        .filter(
            port ->
                judge(facts.withProxy(facts.proxy().withPort(port))).outcome() == Outcome.ALLOWED);
  }

  /** Whether nothing but its condition, which may ask for the port, keeps a rule from fitting. */
  private static Predicate<Rule> fittingButForWhen(Facts facts) {
    return rule -> {
      String misfit = rule.misfit(facts);
      return misfit == null || misfit.equals("when");
    };
  }

  /**
   * The parts of a proxy, each with at most one thing that it takes for itself, for which a grant
   * must allow it: no rule allows them, and none denies any.
   *
   * @param facts of a proxy that is asked for
   */
  public List<Facts> ungranted(Facts facts) {
    Indexes about = indexes.getOrDefault(facts.operation(), NONE);
    List<Facts> units = units(facts);
    return denying(about.denying(), units).isPresent()
        ? List.of()
        : units.stream().filter(unit -> !isGrantedByRule(about, unit)).toList();
  }

  private boolean isGrantedByRule(Indexes about, Facts unit) {
    Facts.Proxy proxy = unit.proxy();
    return about.allowing(unit).first(unit).isPresent()
        && (!proxy.takesPort() || proxy.port() != 0 || ports(unit).findFirst().isPresent());
  }

  private boolean isAllowed(Facts facts) {
    return judge(facts).outcome() == Outcome.ALLOWED;
  }

  /**
   * The domains that rules allow to a proxy of this kind, as they are written, and as a whole: none
   * of which something is denied.
   */
  public Stream<String> domains(Facts facts) {
    return hosts(facts, ProxyMatch::domains)
        .filter(domain -> isAllowed(facts.withProxy(facts.proxy().withHosts(List.of(domain), ""))));
  }

  /** The subdomains that rules allow to a proxy of this kind, as they are written. */
  public Stream<String> subdomains(Facts facts) {
    return hosts(facts, ProxyMatch::subdomains)
        .filter(
            subdomain -> isAllowed(facts.withProxy(facts.proxy().withHosts(List.of(), subdomain))));
  }

  private Stream<String> hosts(Facts facts, Function<ProxyMatch, List<TextPattern>> patterns) {
    // not by the index: that finds rules by what was asked for, and this looks for what was not
    return rules(facts.operation()).stream()
        .filter(rule -> rule.effect() == Effect.ALLOW && rule.who().isOfThese(facts))
        .flatMap(rule -> Stream.ofNullable(rule.proxies()))
        .flatMap(proxies -> patterns.apply(proxies).stream())
        .flatMap(pattern -> pattern.filledIn(facts.names()).stream())
        .distinct();
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

  /** Judges, and tells which rules about its operation and account there are, and what misfits. */
  public Verdict.Explanation explain(Facts facts) {
    return explain(facts, Rewriting.NONE);
  }

  /** The same of something that was not rewritten yet. */
  public Verdict.Explanation explainAsked(Facts asked) {
    Rewriting rewriting = rewriting(asked, "${run_id}");
    return explain(rewriting.of(asked), rewriting);
  }

  private Verdict.Explanation explain(Facts facts, Rewriting rewriting) {
    List<Verdict.Look> looks = new ArrayList<>();
    rules(facts.operation()).stream()
        .filter(rule -> rule.who().isOfThese(facts))
        .forEach(rule -> looks.add(new Verdict.Look(rule, misfit(rule, facts))));
    return new Verdict.Explanation(judge(facts), looks, rewriting);
  }

  private static Optional<String> misfit(Rule rule, Facts facts) {
    // a deny fits where any part does, an allow where one does too: others may allow the rest
    List<Optional<String>> misfits =
        units(facts).stream().map(unit -> Optional.ofNullable(rule.misfit(unit))).toList();
    return misfits.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : misfits.get(0);
  }
}
