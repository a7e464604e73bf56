package dev.portcullis.revision;

import dev.portcullis.policy.Rule;
import dev.portcullis.policy.Setting;
import dev.portcullis.policy.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says to something, and why.
 *
 * @param revision its number; 0 for a text that is not saved, or for none
 * @param outcome {@code denied}, {@code allowed}, {@code open} (no rule need allow it) or {@code
 *     not-allowed} (no rule does: a grant must)
 * @param rule the name of the one that decided; null for none
 * @param wouldDeny the name of one that would deny if it were enforced; null for none
 * @param rewrites the names of the rewrites that fit
 * @param rewritten what they set, without secrets; the rules look at the proxy that comes of it
 * @param grants what the account's grants say to a proxy for which a grant must allow something:
 *     {@code allow}, {@code missing}, or {@code unknown} where there is no such account; {@code
 *     not-asked} where none is needed; {@code exclusive} for a port that is another account's
 *     alone, which is refused whatever the policy says
 * @param looks the rules that were looked at, in the order of the document
 */
public record EvaluationRepresentation(
    long revision,
    String outcome,
    @Nullable String rule,
    @Nullable String wouldDeny,
    List<String> rewrites,
    Map<String, String> rewritten,
    String grants,
    List<LookRepresentation> looks) {

  /**
   * A rule that was looked at.
   *
   * @param misfit what of it did not fit; null when it fitted
   */
  public record LookRepresentation(
      String rule, int line, String effect, boolean enforced, @Nullable String misfit) {}

  public EvaluationRepresentation {
    rewrites = List.copyOf(rewrites);
    rewritten = Collections.unmodifiableMap(new TreeMap<>(rewritten));
    looks = List.copyOf(looks);
  }

  /** As it is shown. */
  public static EvaluationRepresentation of(
      long revision, Verdict.Explanation explanation, String grants) {
    Verdict verdict = explanation.verdict();
    return new EvaluationRepresentation(
        revision,
        verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        verdict.rule().map(Rule::name).orElse(null),
        verdict.wouldDeny().map(Rule::name).orElse(null),
        explanation.rewriting().rewrites(),
        explanation.rewriting().settings().stream()
            .collect(Collectors.toMap(Setting::place, Setting::shown)),
        grants,
        explanation.looks().stream().map(EvaluationRepresentation::look).toList());
  }

  private static LookRepresentation look(Verdict.Look look) {
    Rule rule = look.rule();
    return new LookRepresentation(
        rule.name(),
        rule.line(),
        rule.effect().name().toLowerCase(Locale.ROOT),
        rule.enforced(),
        look.misfit().orElse(null));
  }

  /** Leaves out what rewrites set: a backend's password may be among it. */
  @Override
  public String toString() {
    return "EvaluationRepresentation[revision=%d, outcome=%s, rule=%s, wouldDeny=%s, rewrites=%s, looks=%s]"
        .formatted(revision, outcome, rule, wouldDeny, rewrites, looks);
  }
}
