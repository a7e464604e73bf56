package dev.portcullis.limit;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.policy.BanSteps;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Rate;
import dev.portcullis.revision.PolicyStore;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Refuses connections beyond the rate of their visitor, or of their proxy, and has visitors banned
 * who go over theirs again and again.
 */
@Decorator
@Priority(DecisionOrder.CONNECTION_RATE)
class ConnectionRatePolicy implements DecisionPoint<NewUserConn> {
  private final DecisionPoint<NewUserConn> next;
  private final PolicyStore policies;
  private final ConnectionCounts counts;
  private final BanStore bans;

  @Inject
  ConnectionRatePolicy(
      @Delegate @Any DecisionPoint<NewUserConn> next,
      PolicyStore policies,
      ConnectionCounts counts,
      BanStore bans) {
    this.next = next;
    this.policies = policies;
    this.counts = counts;
    this.bans = bans;
  }

  @Override
  public Decision<NewUserConn> decide(DecisionRequest<NewUserConn> request) {
    List<Limit> limits = policies.limits(request).all();
    AccountIdentity account = request.requireAccount();
    String visitor = Visitor.of(request.content());
    // first of all: who is turned away here takes nothing from the others at the proxy
    for (Limit limit : limits) {
      Rate rate = limit.perVisitor();
      if (rate != null) {
        ConnectionCounts.Key key =
            new ConnectionCounts.Key(limit.name(), rate, account.id(), "from " + visitor);
        RateWindow.Entry entry = counts.enter(key);
        if (!entry.isIn()) {
          BanSteps steps = limit.bans();
          if (steps != null && entry.timesOver() >= steps.after() && !visitor.isEmpty()) {
            bans.ban(account, visitor, limit.name(), steps, request.receivedAt());
            counts.forgive(key);
          }
          return refused(limit, rate, "this address");
        }
      }
    }
    for (Limit limit : limits) {
      Rate rate = limit.perProxy();
      if (rate != null
          && !counts
              .enter(
                  new ConnectionCounts.Key(
                      limit.name(),
                      rate,
                      account.id(),
                      "to " + request.node().id() + " " + request.content().proxyName()))
              .isIn()) {
        return refused(limit, rate, "this proxy");
      }
    }
    return next.decide(request);
  }

  private static Decision<NewUserConn> refused(Limit limit, Rate rate, String whose) {
    return Decision.rejected(
        "limit.connections",
        "There are more than %d new connections of %s in %d s (limit '%s')."
            .formatted(rate.most(), whose, rate.window().toSeconds(), limit.name()));
  }
}
