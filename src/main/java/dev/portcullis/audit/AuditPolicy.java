package dev.portcullis.audit;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/** Records logins, proxies and every rejection before frps hears of them. */
@Decorator
@Priority(DecisionOrder.AUDIT)
class AuditPolicy<C extends Operation> implements DecisionPoint<C> {
  private final DecisionPoint<C> next;
  private final AuditStore audit;

  @Inject
  AuditPolicy(@Delegate @Any DecisionPoint<C> next, AuditStore audit) {
    this.next = next;
    this.audit = audit;
  }

  @Override
  public Decision<C> decide(DecisionRequest<C> request) {
    Decision<C> decision = next.decide(request);
    C asked = request.content();
    if (decision instanceof Decision.Rejected<C> rejected) {
      audit.record(
          event(request, asked, AuditEvent.Outcome.REJECTED)
              .because(rejected.code(), rejected.reason()));
    } else if (decision instanceof Decision.Allowed<C> allowed && isKept(asked)) {
      audit.record(
          event(
              request,
              allowed.content(),
              allowed.content().equals(asked)
                  ? AuditEvent.Outcome.ALLOWED
                  : AuditEvent.Outcome.CHANGED));
    }
    return decision;
  }

  // heartbeats and connections are too many to keep one by one
  private static boolean isKept(Operation operation) {
    return operation instanceof Login
        || operation instanceof NewProxy
        || operation instanceof CloseProxy;
  }

  private static AuditEvent event(
      DecisionRequest<?> request, Operation content, AuditEvent.Outcome outcome) {
    AuditEvent event =
        new AuditEvent(AuditEvent.Kind.DECISION, outcome, content.name())
            .at(request.node().name(), request.correlationId())
            .client(content.client().user(), content.client().runId())
            .account(request.trace().account().map(AccountIdentity::name).orElse(""))
            .decided(
                request.trace().decisionId(),
                request.trace().policyRevision(),
                request.trace().facts());
    if (content instanceof Login login) {
      event.from(login.clientAddress()).saying("frpc " + login.version());
    } else if (content instanceof NewProxy proxy) {
      event.to(proxy.proxyName()).proxyType(proxy.proxyType()).saying(published(proxy));
    } else if (content instanceof CloseProxy proxy) {
      event.to(proxy.proxyName());
    } else if (content instanceof NewUserConn connection) {
      event
          .to(connection.proxyName())
          .proxyType(connection.proxyType())
          .from(connection.remoteAddr());
    }
    return event;
  }

  private static String published(NewProxy proxy) {
    StringBuilder text = new StringBuilder();
    if (proxy.remotePort() != 0) {
      text.append("port ").append(proxy.remotePort());
    }
    if (!proxy.customDomains().isEmpty()) {
      text.append(" domains ").append(proxy.customDomains());
    }
    if (!proxy.subdomain().isEmpty()) {
      text.append(" subdomain ").append(proxy.subdomain());
    }
    return text.toString().strip();
  }
}
