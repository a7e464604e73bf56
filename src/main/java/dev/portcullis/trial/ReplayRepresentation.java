package dev.portcullis.trial;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A replay as the admin API shows it.
 *
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed}, or {@code
 *     interrupted}: the replica that did it has stopped, and it can be started again
 * @param revision of the draft; 0 for a text
 * @param until the first moment after the period
 * @param account only of this one; empty for all
 * @param node only of this one; empty for all
 * @param operation only this one; empty for all
 * @param done decisions that were looked at
 * @param expected decisions that there are
 * @param end when it will be done, as it looks; null where it is not running
 * @param failure why it failed; null where it did not
 * @param results so far; null before the first
 */
public record ReplayRepresentation(
    String id,
    String state,
    long revision,
    OffsetDateTime from,
    OffsetDateTime until,
    String account,
    String node,
    String operation,
    String author,
    OffsetDateTime createdAt,
    long done,
    long expected,
    @Nullable OffsetDateTime end,
    @Nullable String failure,
    @Nullable ReplayResultsRepresentation results) {}
