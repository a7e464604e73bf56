package dev.portcullis.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.change.Changed;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Next;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.geo.Geo;
import dev.portcullis.geo.Mmdb;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Ping;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.PolicyCompiler;
import dev.portcullis.policy.Verdict.Outcome;
import dev.portcullis.revision.PolicyStore.Numbered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyStoreTest {
  @TempDir private Path folder;

  private static final String OFF = "rules: [{name: off, deny: {everyone: true}}]";
  private static final String TRIED =
      "rules: [{name: off, deny: {everyone: true}, enforce: false, clients: {metas: {team: red}}}]";

  private static DecisionRequest<Ping> ping(Map<String, String> metas) {
    return Asked.of(new Ping(Asked.user(metas)));
  }

  @Test
  void triesTheRulesThatAreNotEnforcedAndThePolicyInShadow() {
    assertEquals(List.of(), Ruled.byNothing().tried(ping(Map.of())));
    assertEquals(List.of(), Ruled.by(OFF).tried(ping(Map.of())));
    List<Numbered> tried = Ruled.by(TRIED, OFF).tried(ping(Map.of()));
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
      assertEquals(List.of(), policies.tried(ping(Map.of())));
      assertThrows(IllegalStateException.class, () -> Ruled.by("no: policy"));
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  /** Rows in which another revision is chosen. */
  private static final class Chosen extends RevisionRows {
    private long active;
    private int outages;

    @Override
    ChoiceRepresentation choice() {
      if (outages-- > 0) {
        throw new NoClassDefFoundError("made by the test");
      }
      return new ChoiceRepresentation(active, 0);
    }

    @Override
    Optional<PolicyRevision> find(long number) {
      return Optional.of(new PolicyRevision(number, 0, "admin", "", OFF));
    }
  }

  @Test
  void judgesAQuestionByOneRevisionHoweverLongItTakes() {
    Chosen rows = new Chosen();
    PolicyStore policies = new PolicyStore(rows, Geo.none());
    policies.start(policies);
    DecisionRequest<Ping> before = ping(Map.of());
    policies.note(before);
    rows.active = 3;
    policies.changed(new Changed(Changed.Kind.POLICY, "active"));
    assertEquals(Outcome.DENIED, policies.judge(ping(Map.of())).outcome());
    assertEquals(Outcome.OPEN, policies.judge(before.withAccount(Asked.ALICE)).outcome());
    policies.note(before);
    assertEquals(0, before.trace().policyRevision());
    assertEquals(0, policies.active(before).revision());
  }

  @Test
  void readsAChoiceAgainThatCouldNotBeRead() throws InterruptedException {
    Chosen rows = new Chosen();
    PolicyStore policies = new PolicyStore(rows, Geo.none());
    policies.start(policies);
    rows.active = 3;
    rows.outages = 1;
    policies.changed(new Changed(Changed.Kind.POLICY, "active"));
    Logger logger = Logger.getLogger(PolicyStore.class.getName());
    logger.setUseParentHandlers(false);
    try {
      assertEquals(Outcome.OPEN, policies.judge(ping(Map.of())).outcome());
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (policies.active().revision() != 3 && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertEquals(Outcome.DENIED, policies.judge(ping(Map.of())).outcome());
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void takesBackFactsAsTheyAreShownAndLooksUpOnlyWhatTheyDontTell() throws IOException {
    PolicyStore policies =
        Ruled.by(
            OFF,
            Geo.of(Mmdb.ofCountries().country("192.0.2.0/24", "DE").write(folder.resolve("c"))));
    CompiledRules asking =
        PolicyCompiler.compileWithoutTests(
                "rules: [{name: a, deny: {everyone: true}, visitors: {countries: [DE], asns: [1]}}]")
            .orElseThrow();
    Facts visit =
        RequestFacts.of(
            Asked.byAlice(
                new NewUserConn(Asked.user(Map.of()), "alice.web", "tcp", "192.0.2.1:5")));
    Facts placed = policies.placed(visit, asking);
    assertEquals(new Facts.Visitor("192.0.2.1", "DE", Facts.Visitor.ANY_ASN), placed.visitor());
    assertEquals(placed, FactsEdit.factsOf(FactsEdit.of(placed)));
    Facts told = visit.withVisitor(new Facts.Visitor("192.0.2.1", "AT", 7));
    assertEquals(told, policies.placed(told, asking));
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
