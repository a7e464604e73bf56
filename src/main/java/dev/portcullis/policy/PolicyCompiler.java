package dev.portcullis.policy;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes of a text what can be asked. */
public final class PolicyCompiler {
  private PolicyCompiler() {}

  /**
   * What came of it.
   *
   * @param policy empty where there is an error among the findings
   * @param findings by place
   */
  public record Result(Optional<CompiledRules> policy, List<Finding> findings) {}

  /** A policy that says nothing. */
  public static CompiledRules nothing() {
    return new CompiledRules(PolicyDocument.EMPTY);
  }

  /** Compiles a document that was compiled before; empty when it can't be by this version. */
  public static Optional<CompiledRules> compileWithoutTests(String text) {
    PolicyReader reader = new PolicyReader(OffsetDateTime.now(ZoneOffset.UTC));
    CompiledRules policy = new CompiledRules(reader.read(text));
    return reader.findings().isEmpty() ? Optional.of(policy) : Optional.empty();
  }

  /**
   * Compiles, and runs the document's own tests.
   *
   * @param now the moment of tests that name none
   */
  public static Result compile(String text, OffsetDateTime now) {
    PolicyReader reader = new PolicyReader(now);
    PolicyDocument document = reader.read(text);
    List<Finding> findings = new ArrayList<>(reader.findings());
    CompiledRules policy = new CompiledRules(document);
    if (findings.isEmpty()) {
      document.tests().forEach(test -> test.check(policy).ifPresent(findings::add));
      findings.addAll(Warnings.of(document, reader.places(), now));
      findings.addAll(RewriteConflicts.of(document));
    }
    findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
    boolean isUsable =
        findings.stream().noneMatch(finding -> finding.level() == Finding.Level.ERROR);
    return new Result(isUsable ? Optional.of(policy) : Optional.empty(), List.copyOf(findings));
  }
}
