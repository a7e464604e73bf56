package dev.portcullis.account;

import dev.portcullis.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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

/**
 * What finding an account costs, and how much memory the cache takes, by accounts that there are.
 * The rows are made up on the spot: what a database takes to read one comes on top, for each that
 * is not in the cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AccountCacheBenchmark {
  @Param({"10", "10000", "1000000"})
  public int accounts;

  private AccountStore store;
  private Random random;
  private String[] asked;
  private int next;

  /** Accounts that are made when they are asked for. */
  private static final class MadeUpRows extends AccountRows {
    @Override
    Optional<KnownAccount> known(String name) {
      return Optional.of(
          new KnownAccount(
              UUID.randomUUID().toString(),
              name,
              true,
              null,
              Set.of("staff", "team-" + name.hashCode() % 250),
              Set.of(),
              Map.of("site", "berlin"),
              null,
              List.of(new KnownAccount.Key(UUID.randomUUID().toString(), "0".repeat(64), null))));
    }
  }

  /** Asks for every account once, and then for the ones that come again and again. */
  @Setup
  public void fill() {
    store = empty();
    random = new Random(accounts);
    for (int i = 0; i < accounts; i++) {
      store.find("user-" + i);
    }
    asked = new String[1_024];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = "user-" + random.nextInt(accounts);
      store.find(asked[i]);
    }
  }

  private static AccountStore empty() {
    System.setProperty("portcullis.key", "k".repeat(32));
    return new AccountStore(new MadeUpRows(), Settings.ofProcess());
  }

  @Benchmark
  public Optional<KnownAccount> findAgain() {
    next = (next + 1) & 1_023;
    return store.find(asked[next]);
  }

  @TearDown
  public void weigh() {
    long with = used();
    store = empty();
    System.out.printf("# %d accounts, in the cache: %d KiB%n", accounts, (with - used()) / 1024);
  }

  private static long used() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
