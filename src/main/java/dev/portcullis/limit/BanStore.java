package dev.portcullis.limit;

import dev.portcullis.change.Changed;
import dev.portcullis.database.LostRace;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.policy.BanSteps;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is banned, in memory. A ban counts here at once, and is written and read by a task, so that
 * no decision waits for the database.
 */
@ApplicationScoped
class BanStore {
  private static final Logger LOG = System.getLogger(BanStore.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Bans that are kept, in force or not. */
  static final int MOST = 10_000;

  private BanRows rows;
  private Periodically periodically;
  private volatile Map<Key, Ban> written = Map.of();
  private final Map<Key, Ban> unwritten = new ConcurrentHashMap<>();
  private final AtomicBoolean isStale = new AtomicBoolean();
  private final AtomicBoolean isFull = new AtomicBoolean();

  private record Key(String accountId, String visitor) {
    static Key of(Ban ban) {
      return new Key(ban.accountId(), ban.visitor());
    }
  }

  /** For the container's proxy only. */
  protected BanStore() {}

  @Inject
  BanStore(BanRows rows, Periodically periodically) {
    this.rows = rows;
    this.periodically = periodically;
  }

  void load(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    read();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("writing and reading bans", PAUSE, this::exchange);
    periodically.run("forgetting old bans", Duration.ofHours(1), this::forget);
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.BANS) {
      isStale.set(true);
    }
  }

  /** Until when a visitor is banned; empty when it is not. */
  Optional<OffsetDateTime> bannedUntil(String accountId, String visitor, OffsetDateTime now) {
    return known(new Key(accountId, visitor)).filter(ban -> ban.isInForce(now)).map(Ban::endsAt);
  }

  private Optional<Ban> known(Key key) {
    Ban fresh = unwritten.get(key);
    return Optional.ofNullable(fresh == null ? written.get(key) : fresh);
  }

  /** Bans a visitor, for longer than the last time. */
  void ban(
      AccountIdentity account, String visitor, String limit, BanSteps steps, OffsetDateTime now) {
    Key key = new Key(account.id(), visitor);
    Optional<Ban> last = known(key).filter(ban -> ban.keptUntil().isAfter(now));
    if (last.filter(ban -> ban.isInForce(now)).isPresent()) {
      return;
    }
    if (last.isEmpty() && written.size() + unwritten.size() >= MOST) {
      if (!isFull.getAndSet(true)) {
        LOG.log(Level.WARNING, "There are {0} bans; no more are made until some end", MOST);
      }
      return;
    }
    isFull.set(false);
    unwritten.put(
        key,
        Ban.of(
            account.id(),
            account.name(),
            visitor,
            limit,
            last.map(Ban::times).orElse(0),
            steps,
            now));
  }

  private void exchange() {
    if (!unwritten.isEmpty()) {
      write();
    }
    if (isStale.getAndSet(false)) {
      boolean done = false;
      try {
        read();
        done = true;
      } finally {
        if (!done) {
          isStale.set(true);
        }
      }
    }
  }

  private void write() {
    Map<Key, Ban> batch = Map.copyOf(unwritten);
    LostRace.retried(
        () -> {
          rows.add(batch.values());
          return batch;
        });
    read();
    // only now: in between it is nowhere else
    batch.forEach(unwritten::remove);
  }

  private void read() {
    written =
        rows.all(MOST).stream()
            .collect(Collectors.toUnmodifiableMap(Key::of, Function.identity(), (a, b) -> a));
  }

  private void forget() {
    rows.forget();
    isStale.set(true);
  }

  List<BanRepresentation> page(String account, OffsetDateTime now, String after, int limit) {
    return rows.page(account, now, after, limit).stream().map(VisitorBan::representation).toList();
  }

  boolean lift(String id, String actor) {
    // it may be written again just now
    return LostRace.retried(() -> rows.lift(id, actor));
  }
}
