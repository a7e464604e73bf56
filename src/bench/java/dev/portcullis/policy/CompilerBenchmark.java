package dev.portcullis.policy;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What saving a document costs, warnings and all, and how much memory it takes from then on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class CompilerBenchmark {
  @Param({"50", "500", "5000"})
  public int rules;

  private String text;
  private CompiledRules policy;

  @Setup
  public void write() {
    text = new MadeUpPolicy(rules).text();
    policy = PolicyCompiler.nothing();
  }

  @Benchmark
  public CompiledRules compile() {
    policy = PolicyCompiler.compile(text, MadeUpPolicy.NOW).policy().orElseThrow();
    return policy;
  }

  @TearDown
  public void weigh() {
    long with = used();
    policy = PolicyCompiler.nothing();
    System.out.printf("# %d rules, compiled: %d KiB%n", rules, (with - used()) / 1024);
  }

  private static long used() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
