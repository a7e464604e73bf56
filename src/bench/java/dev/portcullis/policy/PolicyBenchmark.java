package dev.portcullis.policy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one decision costs, by rules and by accounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class PolicyBenchmark {
  @Param({"50", "500", "5000"})
  public int rules;

  @Param({"10", "10000", "1000000"})
  public int accounts;

  @Param({
    "NewProxy-ALLOWED",
    "NewProxy-DENIED",
    "NewProxy-NOT_ALLOWED",
    "NewUserConn-ALLOWED",
    "NewUserConn-DENIED",
    "NewUserConn-NOT_ALLOWED",
    "Ping-ALLOWED"
  })
  public String question;

  private CompiledRules policy;
  private List<Facts> questions;
  private int next;

  @Setup
  public void compile() {
    MadeUpPolicy made = new MadeUpPolicy(rules);
    policy = made.compiled();
    String[] words = question.split("-", -1);
    MadeUpPolicy.Answer answer = MadeUpPolicy.Answer.valueOf(words[1]);
    questions = made.questions(words[0], answer, accounts);
    Verdict.Outcome expected =
        words[0].equals("Ping") ? Verdict.Outcome.OPEN : Verdict.Outcome.valueOf(words[1]);
    for (Facts facts : questions) {
      if (policy.judge(facts).outcome() != expected) {
        throw new IllegalStateException("Not " + expected + ": " + facts);
      }
    }
  }

  @Benchmark
  public Verdict judge() {
    next = (next + 1) & 1_023;
    return policy.judge(questions.get(next));
  }
}
