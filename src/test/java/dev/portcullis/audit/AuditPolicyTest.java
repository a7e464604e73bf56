package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.audit.AuditEvent.Kind;
import dev.portcullis.audit.AuditEvent.Outcome;
import dev.portcullis.database.Tasks;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Refusal;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AuditPolicyTest {
  private static final String SECRET = "pl4nted-s3cret";

  private final HandMadeRows rows = new HandMadeRows();
  private final AuditStore audit = new AuditStore(rows, new Tasks());

  @Test
  void recordsAnAllowedLogin() {
    Login login = Asked.login(Map.of("token", SECRET)).withRunId(Asked.RUN_ID);
    decide(login, request -> Decision.allowed(request.withAccount(Asked.ALICE).content()));
    AuditRepresentation event = rows.only();
    assertEquals(Kind.DECISION, event.kind());
    assertEquals(Outcome.ALLOWED, event.outcome());
    assertEquals("Login", event.operation());
    assertEquals("frps-1", event.node());
    assertEquals("f87283c5fd2ed95c", event.correlationId());
    assertEquals("alice", event.account());
    assertEquals("alice", event.user());
    assertEquals(Asked.RUN_ID, event.runId());
    assertEquals("203.0.113.7:51234", event.clientAddress());
    assertEquals("frpc 0.70.1", event.detail());
    assertEquals(0, event.policyRevision());
    assertEquals("", event.code());
    assertFalse(event.toString().contains(SECRET));
  }

  @Test
  void recordsByWhatItWasDecided() {
    DecisionRequest<NewProxy> request = Asked.of(Asked.proxy("tcp"));
    DecisionPoint<NewProxy> next =
        asked -> {
          asked.trace().judgedBy(3, () -> "{}");
          return Decision.rejected("a.b", "because");
        };
    new AuditPolicy<>(next, audit).decide(request);
    assertEquals(request.trace().decisionId(), rows.only().decisionId());
    assertEquals(3, rows.only().policyRevision());
  }

  @Test
  void recordsWhatFrpsWasToldNotWhatItAsked() {
    NewProxy told =
        Asked.proxy("http")
            .edit()
            .remotePort(6000)
            .customDomains(List.of("a.b", "c.d"))
            .subdomain("sub")
            .httpAuthentication("user", SECRET)
            .sk(SECRET)
            .metas(Map.of("token", SECRET))
            .done();
    decide(Asked.proxy("http"), request -> Decision.allowed(told));
    AuditRepresentation event = rows.only();
    assertEquals(Outcome.CHANGED, event.outcome());
    assertEquals("NewProxy", event.operation());
    assertEquals("alice.web", event.target());
    assertEquals("http", event.proxyType());
    assertEquals("port 6000 domains [a.b, c.d] subdomain sub", event.detail());
    assertFalse(event.toString().contains(SECRET));
  }

  @Test
  void recordsAClosedProxy() {
    decide(
        new CloseProxy(Asked.user(Map.of()), "alice.web"),
        request -> Decision.allowed(request.content()));
    assertEquals("CloseProxy", rows.only().operation());
    assertEquals("alice.web", rows.only().target());
    assertEquals("", rows.only().account());
  }

  @Test
  void recordsNoAllowedHeartbeatsAndConnections() {
    for (Operation operation :
        List.of(
            new Ping(Asked.user(Map.of())),
            new NewWorkConn(Asked.user(Map.of()), Asked.RUN_ID),
            new NewUserConn(Asked.user(Map.of()), "alice.web", "tcp", "198.51.100.9:1"))) {
      decide(operation, request -> Decision.allowed(request.content()));
    }
    assertEquals(List.of(), rows.events());
  }

  @Test
  void recordsEveryRejection() {
    for (Operation operation : Asked.later(Asked.user(Map.of("token", SECRET)))) {
      decide(operation, request -> Decision.rejected("a.b", "because"));
    }
    decide(Asked.login(Map.of()), request -> Decision.rejected("a.b", "because"));
    assertEquals(
        List.of("NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn", "Login"),
        rows.events().stream().map(AuditRepresentation::operation).toList());
    for (AuditRepresentation event : rows.events()) {
      assertEquals(Outcome.REJECTED, event.outcome());
      assertEquals("a.b", event.code());
      assertEquals("because", event.reason());
      assertFalse(event.toString().contains(SECRET));
    }
    assertEquals("198.51.100.9:40022", rows.events().get(4).clientAddress());
    assertEquals("alice.web", rows.events().get(4).target());
  }

  @Test
  void givesNoAnswerThatItCantRecord() {
    Logger logger = Logger.getLogger(AuditStore.class.getName());
    logger.setUseParentHandlers(false);
    rows.failure = new IllegalStateException("away");
    try {
      assertThrows(
          IllegalStateException.class,
          () -> decide(Asked.proxy("tcp"), request -> Decision.allowed(request.content())));
      assertThrows(
          IllegalStateException.class,
          () -> decide(Asked.proxy("tcp"), request -> Decision.rejected("a.b", "because")));
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void answersWhatTheRestOfTheChainDid() {
    Decision<NewProxy> decision = Decision.rejected("a.b", "because");
    DecisionPoint<NewProxy> next = request -> decision;
    assertSame(decision, new AuditPolicy<>(next, audit).decide(Asked.of(Asked.proxy("tcp"))));
  }

  @Test
  void recordsARefusalOutsideTheChainsAtOnceOrLater() {
    RefusalAudit refusals = new RefusalAudit(audit);
    refusals.refused(
        new Refusal("frps-1", "id", "Unheard", "203.0.113.7", "a.b", "because", false));
    AuditRepresentation event = rows.only();
    assertEquals(Kind.CALL, event.kind());
    assertEquals(Outcome.REJECTED, event.outcome());
    assertEquals("Unheard", event.operation());
    assertEquals("frps-1", event.node());
    assertEquals("203.0.113.7", event.clientAddress());
    assertEquals("because", event.reason());

    refusals.refused(new Refusal(null, "id", null, null, "a.b", "because", true));
    assertEquals(1, rows.events().size());
    audit.stop();
    assertEquals(2, rows.events().size());
    assertEquals("", rows.events().get(1).operation());
  }

  private <C extends Operation> void decide(C content, DecisionPoint<C> next) {
    DecisionRequest<C> request = Asked.of(content);
    new AuditPolicy<>(next, audit).decide(request);
  }
}
