package dev.portcullis.revision;

import org.jspecify.annotations.Nullable;

/**
 * A question to a policy.
 *
 * @param revision which one; default the active one
 * @param document or a text that is not saved
 * @param facts what is asked
 */
public record EvaluationEdit(
    @Nullable Long revision, @Nullable String document, @Nullable FactsEdit facts) {
  /** Leaves out the document, which may impose secrets. */
  @Override
  public String toString() {
    return "EvaluationEdit[revision=" + revision + "]";
  }
}
