package dev.portcullis.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Ping;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.revision.PolicyStore.Numbered;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PolicyStoreTest {
  private static final String OFF = "rules: [{name: off, deny: {everyone: true}}]";
  private static final String TRIED =
      "rules: [{name: off, deny: {everyone: true}, enforce: false, clients: {metas: {team: red}}}]";

  private static DecisionRequest<Ping> ping(Map<String, String> metas) {
    return Asked.of(new Ping(Asked.user(metas)));
  }

  @Test
  void triesTheRulesThatAreNotEnforcedAndThePolicyInShadow() {
    assertEquals(List.of(), Ruled.byNothing().tried());
    assertEquals(List.of(), Ruled.by(OFF).tried());
    List<Numbered> tried = Ruled.by(TRIED, OFF).tried();
    assertEquals(
        List.of(Ruled.ACTIVE, Ruled.SHADOW), tried.stream().map(Numbered::revision).toList());
    Facts facts = RequestFacts.of(ping(Map.of("team", "red")));
    for (Numbered policy : tried) {
      assertEquals(Outcome.DENIED, policy.policy().judge(facts).outcome());
    }
    assertEquals(Outcome.OPEN, Ruled.by(TRIED).active().policy().judge(facts).outcome());
  }

  @Test
  void goesOnDecidingWhenThePolicyInShadowCantBeUsed() {
    Logger logger = Logger.getLogger(PolicyStore.class.getName());
    logger.setUseParentHandlers(false);
    try {
      PolicyStore policies = Ruled.by(OFF, "no: policy");
      assertEquals(Outcome.DENIED, policies.judge(ping(Map.of())).outcome());
      assertEquals(List.of(), policies.tried());
      assertThrows(IllegalStateException.class, () -> Ruled.by("no: policy"));
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void notesWhatIsKnownInTheEndOfAQuestionThatIsRefusedEarly() {
    PolicyStore policies = Ruled.by(TRIED);
    DecisionRequest<Ping> asked =
        ping(Map.of("team", "red", "token", "pl4nted", "api-key", "pl4nted"));
    assertEquals("", asked.trace().facts());
    new FactsPolicy<>(new Next<Ping>(), policies).decide(asked);
    // further in
    asked
        .withAccount(Asked.ALICE)
        .withSession(
            new SessionIdentity(
                Asked.RUN_ID, 1, new ClientIdentity("192.0.2.9:1", "0.70.1", "linux")));
    assertEquals(Ruled.ACTIVE, asked.trace().policyRevision());
    assertFalse(asked.trace().facts().contains("pl4nted"), asked.trace().facts());
    Facts facts = FactsText.read(asked.trace().facts());
    assertEquals("Ping", facts.operation());
    assertEquals("alice", facts.account());
    assertEquals("frps-1", facts.node());
    assertEquals(Asked.NOW, facts.at());
    assertEquals(
        new Facts.Client("192.0.2.9", "0.70.1", "linux", Map.of("team", "red")), facts.client());
  }

  @Test
  void knowsThePoliciesOfAllRevisions() {
    PolicyStore policies = Ruled.by(TRIED, OFF);
    assertTrue(policies.of(Ruled.ACTIVE).allEnforced().isPresent());
    assertTrue(policies.of(Ruled.SHADOW).allEnforced().isEmpty());
    assertEquals(0, policies.of(0).document().rules().size());
    assertThrows(IllegalStateException.class, () -> policies.of(99));
  }
}
