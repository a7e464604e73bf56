package dev.portcullis.limit;

import dev.portcullis.policy.BanSteps;
import java.time.OffsetDateTime;

/**
 * A visitor may not come to the proxies of an account.
 *
 * @param visitor as in {@link Visitor}
 * @param limit the name of the one that was exceeded
 * @param times how many bans there were of late, with this one
 * @param keptUntil when it is forgotten, so that the next one begins anew
 */
record Ban(
    String accountId,
    String accountName,
    String visitor,
    String limit,
    int times,
    OffsetDateTime beginsAt,
    OffsetDateTime endsAt,
    OffsetDateTime keptUntil) {

  /** The ban after {@code earlier} others. */
  static Ban of(
      String accountId,
      String accountName,
      String visitor,
      String limit,
      int earlier,
      BanSteps steps,
      OffsetDateTime now) {
    OffsetDateTime end = now.plus(steps.length(earlier));
    return new Ban(
        accountId, accountName, visitor, limit, earlier + 1, now, end, end.plus(steps.longest()));
  }

  boolean isInForce(OffsetDateTime now) {
    return endsAt.isAfter(now);
  }
}
