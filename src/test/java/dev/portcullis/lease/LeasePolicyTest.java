package dev.portcullis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasePolicyTest {

  private static final class Leases extends LeaseStore {
    final List<ClaimRequest> claims = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    final List<String> renewed = new ArrayList<>();
    ClaimOutcome outcome = new ClaimOutcome.Held(0);

    @Override
    ClaimOutcome claim(DecisionRequest<NewProxy> request) {
      claims.add(ClaimRequest.of(request));
      return outcome;
    }

    @Override
    boolean release(String nodeId, String proxyName, String runId, long generation) {
      released.add(String.join(" ", nodeId, proxyName, runId, "" + generation));
      return false;
    }

    @Override
    void renew(String runId, long generation) {
      renewed.add(Lease.login(runId, generation));
    }
  }

  private final Leases leases = new Leases();
  private final Next<NewProxy> next = new Next<>();

  @Test
  void claimsWhatTheProxyOccupiesForTheLoginThatItCameFrom() {
    NewProxy proxy = Asked.proxy("tcp").edit().remotePort(6000).group("g", "k").done();
    leases.outcome = new ClaimOutcome.Held(6000);
    assertEquals(Decision.allowed(proxy), decide(session(proxy)));
    assertEquals(proxy, next.only().content());
    ClaimRequest claim = leases.claims.get(0);
    assertEquals("node-id", claim.nodeId());
    assertEquals("alice-id", claim.accountId());
    assertEquals("alice", claim.accountName());
    assertEquals(Asked.RUN_ID, claim.runId());
    assertEquals(3, claim.generation());
    assertEquals("alice.web", claim.proxyName());
    assertEquals("tcp", claim.proxyType());
    assertEquals("group:node-id:alice-id:tcp:g", claim.group());
    assertEquals(6000, claim.remotePort());
    assertEquals(Set.of("group:tcp:g", "tcp:6000"), claim.resources());
  }

  @Test
  void claimsWithoutAGenerationWhereNoLoginWasSeen() {
    decide(Asked.byAlice(Asked.proxy("stcp")));
    assertEquals(0, leases.claims.get(0).generation());
    assertEquals(Set.of(), leases.claims.get(0).resources());
  }

  @Test
  void tellsFrpsThePortThatWasFound() {
    leases.outcome = new ClaimOutcome.Held(6001);
    NewProxy proxy = Asked.proxy("tcp");
    NewProxy expected = proxy.edit().remotePort(6001).done();
    assertEquals(Decision.allowed(expected), decide(session(proxy)));
    assertEquals(expected, next.only().content());
  }

  @Test
  void changesNothingForATypeWithoutAPort() {
    NewProxy proxy = Asked.proxy("http").edit().customDomains(List.of("a.b")).done();
    assertEquals(Decision.allowed(proxy), decide(session(proxy)));
  }

  @Test
  void rejectsWhatIsNotToBeHad() {
    leases.outcome = new ClaimOutcome.Refused("lease.taken", "It is held by another.");
    Decision<NewProxy> decision = decide(session(Asked.proxy("tcp")));
    assertEquals("lease.taken", Asked.code(decision));
    assertEquals("It is held by another.", Asked.reason(decision));
    assertEquals(0, next.count());
  }

  @Test
  void claimsAnotherPortOfTheSameWish() {
    ClaimRequest wish = ClaimRequest.of(session(Asked.proxy("udp")));
    assertEquals(Set.of(), wish.resources());
    ClaimRequest other = wish.withPort(53);
    assertEquals(53, other.remotePort());
    assertEquals(Set.of("udp:53"), other.resources());
    assertEquals(wish, other.withPort(0));
  }

  @Test
  void freesAClosedProxyOfThatLoginAndNeverObjects() {
    Next<CloseProxy> further = new Next<>();
    CloseProxy close = new CloseProxy(Asked.user(Map.of()), "alice.web");
    LeaseReleasePolicy policy = new LeaseReleasePolicy(further, leases);
    assertEquals(Decision.allowed(close), policy.decide(session(close)));
    assertEquals(Decision.allowed(close), policy.decide(Asked.byAlice(close)));
    assertEquals(
        List.of("node-id alice.web 5c5fcd8e9ca3f1d0 3", "node-id alice.web 5c5fcd8e9ca3f1d0 0"),
        leases.released);
    assertEquals(2, further.count());
  }

  @Test
  void takesPingsAndConnectionsForSignsOfLife() {
    for (Operation operation : Asked.later(Asked.user(Map.of()))) {
      renew(operation);
    }
    // not by a proxy that is opened or closed: neither says that the others are alive
    assertEquals(Collections.nCopies(3, Asked.RUN_ID + " 3"), leases.renewed);
  }

  @Test
  void takesNoLoginForASignOfLife() {
    Login login = Asked.login(Map.of()).withRunId(Asked.RUN_ID);
    renew(login);
    assertEquals(List.of(), leases.renewed);
  }

  @Test
  void renewsNothingWhereFrpsTellsNoRunId() {
    renew(new Ping(new FrpUser("alice", Map.of(), "")));
    assertEquals(List.of(), leases.renewed);
  }

  private void renew(Operation operation) {
    Next<Operation> further = new Next<>();
    DecisionRequest<Operation> request =
        Asked.byAlice(operation).withSession(new SessionIdentity(Asked.RUN_ID, 3));
    assertEquals(
        Decision.allowed(operation), new LeaseRenewalPolicy<>(further, leases).decide(request));
    assertEquals(operation, further.only().content());
  }

  private static <C extends Operation> DecisionRequest<C> session(C content) {
    return Asked.byAlice(content).withSession(new SessionIdentity(Asked.RUN_ID, 3));
  }

  private Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    return new LeasePolicy(next, leases).decide(request);
  }
}
