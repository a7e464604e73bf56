package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the rules of a document say to something that is asked.
 *
 * @param outcome of the rules that are enforced
 * @param rule the one that denied, or allowed; empty where none did
 * @param wouldDeny a rule that would deny if it were enforced
 */
public record Verdict(Outcome outcome, Optional<Rule> rule, Optional<Rule> wouldDeny) {
  /** What came out. */
  public enum Outcome {
    /** A rule denies; nothing else counts. */
    DENIED,
    /** Rules allow all of it. */
    ALLOWED,
    /** No rule denies, and none needs to allow. */
    OPEN,
    /** No rule denies, but for some of it none allows: a grant must. */
    NOT_ALLOWED
  }

  /**
   * A rule that was looked at.
   *
   * @param misfit what of it did not fit; empty when it fitted
   */
  public record Look(Rule rule, Optional<String> misfit) {}

  /**
   * What was looked at, in the order of the document.
   *
   * @param rewriting what came before
   */
  public record Explanation(Verdict verdict, List<Look> looks, Rewriting rewriting) {}
}
