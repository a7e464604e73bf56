package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy denies an account whatever the moment, the client and the node. */
public final class Denials {
  private final CompiledRules rules;

  /** Of a policy. */
  public Denials(CompiledRules policy) {
    rules = policy.only(Denials::isUnconditional);
  }

  /** The accounts that such rules name. */
  public Set<String> accounts() {
    return rules.document().rules().stream()
        .filter(rule -> isUnconditional(rule) && !rule.who().others())
        .flatMap(rule -> rule.who().accounts().stream())
        .map(TextPattern::exact)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The rule that denies such a proxy; empty where none does, or only under conditions. */
  public Optional<Rule> of(Facts facts) {
    Verdict verdict = rules.judge(facts);
    return verdict.outcome() == Verdict.Outcome.DENIED ? verdict.rule() : Optional.empty();
  }

  private static boolean isUnconditional(Rule rule) {
    return rule.effect() == Rule.Effect.DENY
        && rule.enforced()
        && rule.operations().contains("NewProxy")
        && rule.nodes().isEmpty()
        && rule.clients() == null
        && rule.visitors() == null
        && rule.hours() == null
        && rule.from() == null
        && rule.until() == null
        && rule.when() == null
        // whether an account is one of the others depends on what is not known of it
        && !(rule.who().others()
            && !(rule.who().groups().isEmpty() && rule.who().labels().isEmpty()));
  }
}
