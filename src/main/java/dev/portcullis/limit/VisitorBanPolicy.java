package dev.portcullis.limit;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewUserConn;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Refuses visitors who are banned from the account's proxies. */
@Decorator
@Priority(DecisionOrder.VISITOR_BAN)
class VisitorBanPolicy implements DecisionPoint<NewUserConn> {
  private final DecisionPoint<NewUserConn> next;
  private final BanStore bans;

  @Inject
  VisitorBanPolicy(@Delegate @Any DecisionPoint<NewUserConn> next, BanStore bans) {
    this.next = next;
    this.bans = bans;
  }

  @Override
  public Decision<NewUserConn> decide(DecisionRequest<NewUserConn> request) {
    Optional<OffsetDateTime> end =
        bans.bannedUntil(
            request.requireAccount().id(), Visitor.of(request.content()), request.receivedAt());
    return end.isEmpty()
        ? next.decide(request)
        : Decision.rejected(
            "limit.banned",
            "This address has come too often and is banned until %s."
                .formatted(end.get().truncatedTo(ChronoUnit.SECONDS)));
  }
}
