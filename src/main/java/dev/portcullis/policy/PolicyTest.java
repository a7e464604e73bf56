package dev.portcullis.policy;

import java.util.Optional;

/**
 * An example that the document itself gives, of something that is asked and what must come of it.
 * Grants of accounts count for nothing here.
 *
 * @param line of the document
 * @param facts that are asked
 * @param allowed whether it must be allowed
 * @param rule the rule that must decide; empty for any
 * @param limits what it says of limits
 */
record PolicyTest(
    int line, int column, Facts facts, boolean allowed, Optional<String> rule, LimitTest limits) {

  /** What is wrong; empty where the test holds. */
  Optional<Finding> check(CompiledRules policy) {
    Verdict verdict = policy.judge(facts);
    boolean isAllowedByRules =
        verdict.outcome() == Verdict.Outcome.ALLOWED || verdict.outcome() == Verdict.Outcome.OPEN;
    Limits applying = policy.limits(facts);
    Optional<Excess> excess = isAllowedByRules ? limits.excess(applying) : Optional.empty();
    boolean isAllowed = isAllowedByRules && excess.isEmpty();
    Optional<String> fault = limits.fault(applying, excess);
    if (fault.isPresent()) {
      return Optional.of(
          new Finding(Finding.Level.ERROR, line, column, "This test fails: " + fault.get()));
    }
    String decider = verdict.rule().map(Rule::name).orElse("");
    if (isAllowed == allowed && rule.map(decider::equals).orElse(true)) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Finding.Level.ERROR,
            line,
            column,
            "This test fails: %s of '%s' is %s%s, not %s%s"
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

  private static String word(boolean allowed) {
    return allowed ? "allowed" : "rejected";
  }
}
