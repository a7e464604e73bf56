package dev.portcullis.policy;

import java.util.List;

/**
 * A policy as it is written.
 *
 * @param rules in the order of the text, which says nothing
 * @param pools by name
 * @param rewrites in the order of the text
 * @param limits how much accounts may have
 * @param tests that must hold before it may be active
 */
public record PolicyDocument(
    List<Rule> rules,
    List<Pool> pools,
    List<Rewrite> rewrites,
    List<Limit> limits,
    List<PolicyTest> tests) {
  /** frp's operations that rules may be about. */
  public static final List<String> OPERATIONS =
      List.of("Login", "NewProxy", "CloseProxy", "Ping", "NewWorkConn", "NewUserConn");

  public static final PolicyDocument EMPTY =
      new PolicyDocument(List.of(), List.of(), List.of(), List.of(), List.of());

  public PolicyDocument {
    rules = List.copyOf(rules);
    pools = List.copyOf(pools);
    rewrites = List.copyOf(rewrites);
    limits = List.copyOf(limits);
    tests = List.copyOf(tests);
  }
}
