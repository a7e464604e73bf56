package dev.portcullis.rule;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.AccountsOverJdbc;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.MadeUpPolicy;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.reservation.GrantsOverJdbc;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * What a whole look-up costs for a proxy, by accounts in the database: the account, what it owns,
 * and all policies of this room under 5,000 rules. Half of the accounts ask for a port that they
 * own, the others for one that a rule allows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 3)
public class NewProxyBenchmark {

  /** The stores of a server, before it was asked anything. */
  @State(Scope.Benchmark)
  public static class Server {
    @Param({"10", "10000", "1000000"})
    public int accounts;

    private final Random random = new Random(1);
    private Connection connection;
    private AccountStore known;
    private GrantStore grants;
    private PolicyStore policies;

    // closed with the process: JMH would tear this down before those who still need it
    @Setup
    public void fill() throws IOException, SQLException {
      connection = Database.made(accounts);
      policies = Ruled.by(new MadeUpPolicy(5_000).text());
      open();
    }

    void open() throws SQLException {
      known = AccountsOverJdbc.store(connection);
      grants = GrantsOverJdbc.store(connection);
    }

    int any() {
      return random.nextInt(accounts);
    }

    void read(int number) {
      known.find("user-" + number);
      grants.of(Database.id(number));
    }

    void forget(int number) {
      AccountsOverJdbc.forget(known, "user-" + number);
      GrantsOverJdbc.forget(grants, Database.id(number));
    }

    Decision<NewProxy> ask(int number) {
      String name = "user-" + number;
      KnownAccount account = known.find(name).orElseThrow();
      int port = number % 2 == 0 ? 30_000 + number % 10_000 : 1_025 + number % 250 * 20;
      NewProxy proxy =
          Asked.proxy(
              new FrpUser(name, Map.of(), Asked.RUN_ID), "tcp", name + ".web", List.of(), "");
      Decision<NewProxy> decision =
          Publishing.decide(
              Asked.of(proxy.edit().remotePort(port).done())
                  .withAccount(account.identity("", SignInWay.TOKEN, null)),
              grants,
              policies);
      if (decision instanceof Decision.Rejected<NewProxy> rejected) {
        throw new IllegalStateException(rejected.reason());
      }
      return decision;
    }
  }

  /** Accounts that come again and again, after every account came once. */
  @State(Scope.Benchmark)
  public static class Regulars {
    private int[] numbers = {};
    private int next;

    @Setup
    public void readAll(Server server) {
      for (int i = 0; i < server.accounts; i++) {
        server.read(i);
      }
      numbers = new Random(1).ints(1_024, 0, server.accounts).toArray();
      for (int number : numbers) {
        server.ask(number);
      }
    }

    int number() {
      next = (next + 1) & 1_023;
      return numbers[next];
    }

    @TearDown
    public void weigh(Server server) throws SQLException {
      long with = used();
      server.open();
      System.out.printf(
          "# %d accounts, in both caches: %d KiB%n", server.accounts, (with - used()) / 1024);
    }

    private static long used() {
      for (int i = 0; i < 5; i++) {
        System.gc();
      }
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
  }

  @Benchmark
  public Decision<NewProxy> warm(Server server, Regulars regulars) {
    return server.ask(regulars.number());
  }

  /** Of accounts by chance, none of them in memory when it is asked for. */
  @Benchmark
  public Decision<NewProxy> cold(Server server) {
    int number = server.any();
    server.forget(number);
    return server.ask(number);
  }
}
