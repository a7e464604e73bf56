package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * An example that the document itself gives, of something that is asked and what must come of it.
 * Grants of accounts count for nothing here.
 *
 * @param line of the document
 * @param facts that are asked
 * @param allowed whether it must be allowed
 * @param rule the rule that must decide; empty for any
 * @param rewritten what rewrites must set, perhaps among other things
 * @param limits what it says of limits
 */
record PolicyTest(
    int line,
    int column,
    Facts facts,
    boolean allowed,
    Optional<String> rule,
    List<Setting> rewritten,
    LimitTest limits) {

  /** What is wrong; empty where the test holds. */
  Optional<Finding> check(CompiledRules policy) {
    Rewriting rewriting = policy.rewriting(facts, "${run_id}");
    Facts made = rewriting.of(facts);
    Verdict verdict = policy.judge(made);
    boolean isAllowedByRules =
        verdict.outcome() == Verdict.Outcome.ALLOWED || verdict.outcome() == Verdict.Outcome.OPEN;
    Limits applying = policy.limits(made);
    Optional<Excess> excess = isAllowedByRules ? limits.excess(applying) : Optional.empty();
    boolean isAllowed = isAllowedByRules && excess.isEmpty();
    Optional<String> fault = limits.fault(applying, excess);
    if (fault.isPresent()) {
      return fault.map(this::failure);
    }
    String decider = verdict.rule().map(Rule::name).orElse("");
    if (isAllowed == allowed && rule.map(decider::equals).orElse(true)) {
      return rewritten.stream()
          .map(expected -> rewriting.misses(expected, facts))
          .flatMap(Optional::stream)
          .findFirst()
          .map(what -> failure(what));
    }
    return Optional.of(
        failure(
            "%s of '%s' is %s%s, not %s%s"
                .formatted(
                    facts.operation(),
                    facts.account(),
                    word(isAllowed),
                    excess.isPresent()
                        ? " by the limit '" + excess.get().limit() + "'"
                        : decider.isEmpty()
                            ? isAllowed ? "" : ", since no rule allows it"
                            : " by the rule '" + decider + "'",
                    word(allowed),
                    rule.map(name -> " by the rule '" + name + "'").orElse(""))));
  }

  private Finding failure(String what) {
    return new Finding(Finding.Level.ERROR, line, column, "This test fails: " + what);
  }

  private static String word(boolean allowed) {
    return allowed ? "allowed" : "rejected";
  }
}
