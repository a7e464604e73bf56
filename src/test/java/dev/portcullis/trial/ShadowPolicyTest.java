package dev.portcullis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditRepresentation;
import dev.portcullis.audit.Recorded;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.policy.FactsText;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What is only tried is recorded, and changes nothing. */
class ShadowPolicyTest {
  private static final String ALLOWING =
      "rules: [{name: all, allow: {everyone: true}, proxies: {types: [tcp], ports: [6000-6999]}}]";
  private static final String DENYING = "rules: [{name: stop, deny: {everyone: true}}]";
  private final Recorded recorded = new Recorded();

  private <C extends Operation> Decision<C> decide(
      PolicyStore policies, DecisionRequest<C> request, Decision<C> decision) {
    return decide(policies, request, decision, Owned.store());
  }

  private <C extends Operation> Decision<C> decide(
      PolicyStore policies, DecisionRequest<C> request, Decision<C> decision, GrantStore owned) {
    DecisionPoint<C> next = asked -> decision;
    return new ShadowPolicy<>(
            next, policies, new ShadowRecorder(policies, owned, Proved.nothing(), recorded.store()))
        .decide(request);
  }

  private static DecisionRequest<NewProxy> tcp(int port) {
    return Asked.byAlice(Asked.proxy("tcp").edit().remotePort(port).done());
  }

  private static <C extends Operation> Decision<C> allowed(DecisionRequest<C> request) {
    return Decision.allowed(request.content());
  }

  private static <C extends Operation> Decision<C> refused(String code) {
    return Decision.rejected(code, "because");
  }

  @Test
  void recordsWhatAPolicyInShadowWouldRefuse() {
    PolicyStore policies = Ruled.by(ALLOWING, DENYING);
    DecisionRequest<NewProxy> request = tcp(6000);
    Decision<NewProxy> decision = allowed(request);
    assertSame(decision, decide(policies, request, decision));
    AuditRepresentation event = recorded.only();
    assertEquals(AuditEvent.Kind.SHADOW, event.kind());
    assertEquals(AuditEvent.Outcome.REJECTED, event.outcome());
    assertEquals("shadow.would-refuse", event.code());
    assertEquals(
        "The rule 'stop' of policy revision 8, which is only tried, would refuse this.",
        event.reason());
    assertEquals("stop", event.detail());
    assertEquals(Ruled.SHADOW, event.policyRevision());
    assertEquals("NewProxy", event.operation());
    assertEquals("alice", event.account());
    assertEquals("alice.web", event.target());
    assertEquals(request.trace().decisionId(), event.decisionId());
    assertEquals(policies.facts(request), FactsText.read(request.trace().facts()));
  }

  @Test
  void recordsWhatAPolicyInShadowNoLongerAllows() {
    decide(Ruled.by(ALLOWING, "rules: []"), tcp(6000), allowed(tcp(6000)));
    assertEquals(
        "No rule of policy revision 8, which is only tried, would allow this.",
        recorded.only().reason());
    assertEquals("", recorded.only().detail());
  }

  @Test
  void countsGrants() {
    PolicyStore policies = Ruled.by(ALLOWING, "rules: []");
    decide(policies, tcp(6000), allowed(tcp(6000)), Owned.store("tcp-port 6000"));
    // no rule allows it: it was granted
    decide(policies, tcp(7000), allowed(tcp(7000)), Owned.store());
    assertEquals(List.of(), recorded.events());
  }

  @Test
  void recordsWhatAPolicyInShadowWouldAllow() {
    decide(Ruled.by("rules: []", ALLOWING), tcp(6000), refused("port.none-granted"));
    AuditRepresentation event = recorded.only();
    assertEquals(AuditEvent.Outcome.ALLOWED, event.outcome());
    assertEquals("shadow.would-allow", event.code());
    assertEquals(
        "The rule 'all' of policy revision 8, which is only tried, would allow this.",
        event.reason());
  }

  @Test
  void recordsWhatRulesThatAreNotEnforcedWouldDo() {
    PolicyStore policies =
        Ruled.by(
            """
            rules:
              - {name: a, allow: {everyone: true}, proxies: {types: [tcp], ports: [6000-6999]}}
              - {name: b, deny: {everyone: true}, proxies: {ports: [6000]}, enforce: false}
              - {name: c, allow: {everyone: true}, proxies: {types: [tcp], ports: [7000]}, enforce: false}
            """);
    decide(policies, tcp(6000), allowed(tcp(6000)));
    decide(policies, tcp(6001), allowed(tcp(6001)));
    decide(policies, tcp(7000), refused("port.none-granted"));
    decide(policies, tcp(8000), refused("port.none-granted"));
    assertEquals(
        List.of("b REJECTED 7", "c ALLOWED 7"),
        recorded.events().stream()
            .map(event -> event.detail() + " " + event.outcome() + " " + event.policyRevision())
            .toList());
  }

  @Test
  void namesTheRuleThatIsNotEnforcedWhereOthersAllowTheRest() {
    PolicyStore policies =
        Ruled.by(
            """
            rules:
              - {name: a, allow: {everyone: true}, proxies: {domains: [a.example.com]}}
              - {name: b, allow: {everyone: true}, proxies: {domains: [b.example.com]}, enforce: false}
            """);
    NewProxy both =
        Asked.proxy("http").edit().customDomains(List.of("a.example.com", "b.example.com")).done();
    decide(policies, Asked.byAlice(both), refused("domain.not-granted"));
    assertEquals("b", recorded.only().detail());
  }

  @Test
  void recordsNothingWhereNothingDiffersOrAnotherCauseRefused() {
    decide(Ruled.by(ALLOWING, ALLOWING), tcp(6000), allowed(tcp(6000)));
    decide(Ruled.by(ALLOWING, DENYING), tcp(6000), refused("lease.taken"));
    decide(Ruled.by(DENYING, DENYING), tcp(6000), refused("rule.denied"));
    CloseProxy closed = new CloseProxy(Asked.user(Map.of()), "alice.web");
    decide(Ruled.by(ALLOWING, DENYING), Asked.byAlice(closed), Decision.allowed(closed));
    assertEquals(List.of(), recorded.events());
  }

  @Test
  void recordsHeartbeatsAndConnectionsOnceForAnAccountAndProxyAndRule() {
    PolicyStore policies = Ruled.by(ALLOWING, DENYING);
    ShadowRecorder shadows =
        new ShadowRecorder(policies, Owned.store(), Proved.nothing(), recorded.store());
    for (int i = 0; i < 1_000; i++) {
      for (Operation content :
          List.of(
              new Ping(Asked.user(Map.of())),
              new NewUserConn(Asked.user(Map.of()), "alice.a", "tcp", "192.0.2.1:" + i),
              new NewUserConn(Asked.user(Map.of()), "alice.b", "tcp", "192.0.2.1:" + i))) {
        shadows.compare(Asked.byAlice(content), Decision.allowed(content));
      }
    }
    assertEquals(
        List.of("Ping ", "NewUserConn alice.a", "NewUserConn alice.b"),
        recorded.events().stream().map(event -> event.operation() + " " + event.target()).toList());
  }

  @Test
  void harmsNoDecisionWhenItFails() {
    Logger logger = Logger.getLogger(ShadowRecorder.class.getName());
    logger.setUseParentHandlers(false);
    try {
      PolicyStore policies = Ruled.by(ALLOWING, "rules: []");
      GrantStore broken =
          new GrantStore() {
            @Override
            public dev.portcullis.reservation.GrantSet of(String accountId) {
              throw new IllegalStateException("away");
            }
          };
      Decision<NewProxy> decision = allowed(tcp(6000));
      assertSame(decision, decide(policies, tcp(6000), decision, broken));
      assertEquals(List.of(), recorded.events());
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void looksAtNothingWhereNothingIsTried() {
    PolicyStore policies = Ruled.by(ALLOWING);
    assertTrue(policies.tried(tcp(1)).isEmpty());
    DecisionRequest<NewProxy> request = tcp(6000);
    decide(policies, request, allowed(request));
    assertFalse(request.trace().facts().isEmpty());
    assertEquals(List.of(), recorded.events());
  }
}
