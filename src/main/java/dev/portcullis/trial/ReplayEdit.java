package dev.portcullis.trial;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.audit.DecisionSelection;
import dev.portcullis.policy.PolicyDocument;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A replay that an administrator wants.
 *
 * @param revision of the draft
 * @param document or its text
 * @param from the first moment of the period
 * @param until the first moment after it; default now
 * @param account only of this one; default all
 * @param node only of this one; default all
 * @param operation only this one; default all
 */
public record ReplayEdit(
    @Nullable Long revision,
    @Nullable String document,
    @Nullable String from,
    @Nullable String until,
    @Nullable String account,
    @Nullable String node,
    @Nullable String operation) {

  DecisionSelection selection() {
    if (from == null || (revision == null) == (document == null)) {
      throw ProblemException.badRequest(
          "Give a revision or a document, and the period: {\"revision\":2,\"from\":\"2026-11-01T00:00:00Z\"}");
    }
    if (operation != null && !PolicyDocument.OPERATIONS.contains(operation)) {
      throw ProblemException.badRequest(
          "operation is '%s'; give one of %s"
              .formatted(operation, String.join(", ", PolicyDocument.OPERATIONS)));
    }
    OffsetDateTime first = moment("from", from);
    OffsetDateTime end =
        until == null ? OffsetDateTime.now(ZoneOffset.UTC) : moment("until", until);
    if (!first.isBefore(end)) {
      throw ProblemException.badRequest("until is not after from");
    }
    return new DecisionSelection(first, end, name(account), name(node), name(operation));
  }

  private static OffsetDateTime moment(String member, String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      if (moment.getYear() >= 1970 && moment.getYear() <= 9999) {
        return moment;
      }
    } catch (DateTimeException e) {
      // the sentence below covers it
    }
    throw ProblemException.badRequest(
        "%s is no moment such as 2026-11-01T00:00:00Z".formatted(member));
  }

  private static String name(@Nullable String name) {
    if (name != null && name.length() > 64) {
      throw ProblemException.badRequest("'%s' is longer than any name".formatted(name));
    }
    return name == null ? "" : name;
  }

  /** Leaves out the document, which may impose secrets. */
  @Override
  public String toString() {
    return "ReplayEdit[revision=" + revision + ", from=" + from + ", until=" + until + "]";
  }
}
