package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy denies an account whatever the moment, the client and the node. */
public final class Denials {
  private Denials() {}

  /** The accounts that such rules name. */
  public static Set<String> accounts(CompiledRules policy) {
    return policy.document().rules().stream()
        .filter(rule -> isUnconditional(rule) && !rule.who().others())
        .flatMap(rule -> rule.who().accounts().stream())
        .map(TextPattern::exact)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The rule that denies such a proxy; empty where none does, or only under conditions. */
  public static Optional<Rule> of(CompiledRules policy, Facts facts) {
    Verdict verdict = policy.judge(facts);
    return verdict.outcome() == Verdict.Outcome.DENIED
        ? verdict.rule().filter(Denials::isUnconditional)
        : Optional.empty();
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
        && rule.when() == null;
  }
}
