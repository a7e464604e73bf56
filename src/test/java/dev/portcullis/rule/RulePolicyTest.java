package dev.portcullis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.proof.Proved;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules of the active policy do to what frps asks, beside what the account owns. */
class RulePolicyTest {
  private static final PolicyStore POLICIES =
      Ruled.by(
          """
          pools:
            web: {ports: [7000-7009], nodes: [frps-*]}
          rules:
            - {name: staff take ports of the pool, allow: {groups: [staff]}, proxies: {pools: [web]}}
            - {name: own names, allow: {groups: [staff]}, proxies: {types: [http], subdomains: ["${account}*"]}}
            - {name: secrets for red, allow: {labels: {team: red}}, proxies: {types: [stcp], names: [s*]}}
            - {name: not this one, deny: {everyone: true}, proxies: {ports: [7000, 6000]}}
            - {name: no windows, deny: {everyone: true}, clients: {os: [windows]}, reason: Use Linux.}
            - {name: office, allow: {everyone: true}, proxies: {names: [ssh]}, visitors: {addresses: [192.0.2.0/24]}}
            - {name: tried, deny: {everyone: true}, enforce: false}
          """);

  private static <C extends Operation> DecisionRequest<C> byStaff(C content) {
    return Asked.of(content).withAccount(Asked.ALICE.with(Set.of("staff"), Map.of("team", "red")));
  }

  private static <C extends Operation> Decision<C> decide(DecisionRequest<C> request) {
    return new RulePolicy<>(new Next<C>(), POLICIES).decide(request);
  }

  /** All that stands before the lease. */
  private static Decision<NewProxy> publish(DecisionRequest<NewProxy> request, String... grants) {
    var owned = Owned.store(grants);
    DecisionPoint<NewProxy> rule = new RulePolicy<>(new Next<>(), POLICIES);
    DecisionPoint<NewProxy> domain =
        new DomainValidationPolicy(rule, owned, POLICIES, Proved.nothing());
    DecisionPoint<NewProxy> port = new PortWhitelistPolicy(domain, owned, POLICIES);
    DecisionPoint<NewProxy> type = new ProxyTypePolicy(port, owned, POLICIES);
    return new ProxyNamePolicy(type, owned, POLICIES).decide(request);
  }

  private static NewProxy tcp(int port) {
    return Asked.proxy("tcp").edit().remotePort(port).done();
  }

  @Test
  void allowsWhatARuleAllowsAndNobodyHasGranted() {
    assertEquals(Decision.allowed(tcp(7001)), publish(byStaff(tcp(7001))));
    assertEquals(Decision.allowed(tcp(0)), publish(byStaff(tcp(0))));
    assertEquals("port.none-granted", Asked.code(publish(byStaff(tcp(8000)))));
    assertEquals("port.none-granted", Asked.code(publish(Asked.byAlice(tcp(7001)))));
    NewProxy web = Asked.proxy("http").edit().subdomain("alice-web").done();
    assertEquals(Decision.allowed(web), publish(byStaff(web)));
    NewProxy foreign = Asked.proxy("http").edit().subdomain("bob").done();
    assertEquals("subdomain.not-granted", Asked.code(publish(byStaff(foreign))));
  }

  @Test
  void letsOneHostBeGrantedAndAnotherRuled() {
    NewProxy both =
        Asked.proxy("http")
            .edit()
            .customDomains(List.of("www.example.org"))
            .subdomain("alice")
            .done();
    assertEquals("domain.not-granted", Asked.code(publish(byStaff(both))));
    assertEquals(Decision.allowed(both), publish(byStaff(both), "domain www.example.org"));
  }

  @Test
  void allowsATypeThatNeedsAGrantOtherwise() {
    NewProxy secret = Asked.proxy("stcp", "alice.sales");
    assertEquals(Decision.allowed(secret), publish(byStaff(secret)));
    assertEquals("proxy-type.not-granted", Asked.code(publish(Asked.byAlice(secret))));
    assertEquals(
        "proxy-type.not-granted", Asked.code(publish(byStaff(Asked.proxy("stcp", "alice.other")))));
  }

  @Test
  void deniesAlsoWhatIsGranted() {
    Decision<NewProxy> decision = publish(Asked.byAlice(tcp(6000)), "tcp-port 6000");
    assertEquals("rule.denied", Asked.code(decision));
    assertEquals(
        "The rule 'not this one' of this server's policy does not allow this.",
        Asked.reason(decision));
    assertEquals("rule.denied", Asked.code(publish(byStaff(tcp(7000)))));
  }

  @Test
  void looksAtTheClientAtItsLoginAndLater() {
    Login login = Asked.login(Map.of());
    Login onWindows =
        new Login(
            login.version(),
            login.hostname(),
            "windows",
            login.arch(),
            login.user(),
            login.runId(),
            login.metas(),
            login.poolCount(),
            login.clientAddress(),
            login.privilegeKey(),
            login.clientSpec());
    assertEquals(Decision.allowed(login), decide(byStaff(login)));
    assertEquals("Use Linux.", Asked.reason(decide(byStaff(onWindows))));
    Ping ping = new Ping(Asked.user(Map.of()));
    ClientIdentity client = new ClientIdentity("192.0.2.9:1", "0.70.1", "windows");
    assertEquals(
        "Use Linux.",
        Asked.reason(
            decide(byStaff(ping).withSession(new SessionIdentity(Asked.RUN_ID, 1, client)))));
    assertEquals(Decision.allowed(ping), decide(byStaff(ping)));
  }

  @Test
  void letsOnlyThoseVisitWhomRulesName() {
    assertEquals(
        Decision.allowed(visit("ssh", "192.0.2.4:999")), decide(visiting("ssh", "192.0.2.4:999")));
    assertEquals(
        "rule.visitor-not-allowed", Asked.code(decide(visiting("ssh", "203.0.113.4:999"))));
    assertEquals("rule.visitor-not-allowed", Asked.code(decide(visiting("ssh", "nonsense"))));
    assertEquals(
        Decision.allowed(visit("web", "203.0.113.4:1")), decide(visiting("web", "203.0.113.4:1")));
  }

  private static NewUserConn visit(String proxy, String address) {
    return new NewUserConn(Asked.user(Map.of()), "alice." + proxy, "tcp", address);
  }

  private static DecisionRequest<NewUserConn> visiting(String proxy, String address) {
    return byStaff(visit(proxy, address));
  }

  @Test
  void takesAClosedProxyForAFact() {
    CloseProxy closed = new CloseProxy(Asked.user(Map.of()), "alice.ssh");
    PolicyStore all =
        Ruled.by("rules: [{name: all, deny: {everyone: true}, operations: [CloseProxy, Ping]}]");
    assertEquals(
        Decision.allowed(closed),
        new RulePolicy<>(new Next<CloseProxy>(), all).decide(byStaff(closed)));
    assertEquals(
        "rule.denied",
        Asked.code(
            new RulePolicy<>(new Next<Ping>(), all)
                .decide(byStaff(new Ping(Asked.user(Map.of()))))));
  }

  @Test
  void withoutAnActivePolicyGrantsAlone() {
    AccountIdentity nobody = Asked.ALICE;
    Ping ping = new Ping(Asked.user(Map.of()));
    assertEquals(
        Decision.allowed(ping),
        new RulePolicy<>(new Next<Ping>(), Ruled.byNothing())
            .decide(Asked.of(ping).withAccount(nobody)));
  }
}
