package dev.portcullis.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.audit.AuditEvent.Outcome;
import dev.portcullis.decision.Asked;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.PolicyCompiler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionResourceTest {
  /** A rule may allow a proxy that asks for any port, and name none to give. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow: {everyone: true}, proxies: {types: [tcp]}                | 0    | REJECTED | missing",
        "allow: {everyone: true}, proxies: {types: [tcp]}                | 0    | CHANGED  | allow",
        "allow: {everyone: true}, proxies: {types: [tcp]}                | 6000 | ALLOWED  | not-asked",
        "allow: {everyone: true}, proxies: {types: [tcp], ports: [6000]} | 0    | CHANGED  | not-asked",
        "allow: {everyone: true}, proxies: {types: [tcp], ports: [6000]} | 6001 | REJECTED | missing",
        "deny: {everyone: true}                                          | 0    | REJECTED | not-asked",
      })
  void saysWhatGrantsAddedAsTheDecisionSays(
      String rule, int port, Outcome outcome, String expected) {
    CompiledRules policy =
        PolicyCompiler.compileWithoutTests("rules: [{name: a, " + rule + "}]").orElseThrow();
    Facts facts = RequestFacts.of(Asked.byAlice(Asked.proxy("tcp").edit().remotePort(port).done()));
    assertEquals(expected, DecisionResource.grants(policy, facts, policy.explain(facts), outcome));
  }
}
