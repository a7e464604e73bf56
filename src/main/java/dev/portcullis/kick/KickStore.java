package dev.portcullis.kick;

import dev.portcullis.change.Changed;
import dev.portcullis.database.LostRace;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.session.KnownSession;
import dev.portcullis.session.SessionStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kicks, all in memory. */
@ApplicationScoped
class KickStore {
  /** Between two looks whether another replica has kicked; costs nothing when none has. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** How late a word of a login may come that another one has followed. */
  private static final Duration LATE = Duration.ofDays(1);

  private KickRows rows;
  private SessionStore sessions;
  private Periodically periodically;
  private volatile Map<String, List<KnownKick>> byRunId = Map.of();
  private volatile boolean isStale;

  /** For the container's proxy only. */
  protected KickStore() {}

  @Inject
  KickStore(KickRows rows, SessionStore sessions, Periodically periodically) {
    this.rows = rows;
    this.sessions = sessions;
    this.periodically = periodically;
  }

  void load(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    load();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("reading kicks of other replicas", PAUSE, this::refresh);
    periodically.run(
        "forgetting kicks of sessions that are no more", Duration.ofHours(1), this::forget);
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.KICK) {
      // the commit that tells it may not be over yet
      isStale = true;
    }
  }

  private void refresh() {
    if (isStale) {
      load();
    }
  }

  // one reader at a time: an older state never comes after a newer one
  private synchronized void load() {
    isStale = false;
    boolean read = false;
    try {
      byRunId = rows.all().stream().collect(Collectors.groupingBy(KnownKick::runId));
      read = true;
    } finally {
      if (!read) {
        isStale = true;
      }
    }
  }

  /** Kicks; in force here when this returns. */
  void kick(KnownKick kick) {
    LostRace.retried(() -> rows.put(kick));
    load();
  }

  /** The kicks that are on a login, before those on that proxy of it; no I/O. */
  Stream<KnownKick> on(String runId, long generation, String proxyName) {
    return byRunId.getOrDefault(runId, List.of()).stream()
        .filter(kick -> kick.isOn(generation, proxyName))
        .sorted(Comparator.comparing(KnownKick::proxyName));
  }

  private void forget() {
    for (Kick kick : rows.before(OffsetDateTime.now(ZoneOffset.UTC).minus(LATE))) {
      Optional<KnownSession> session = sessions.find(kick.runId());
      if (session.isEmpty() || session.get().shown().generation() > kick.generation()) {
        rows.remove(kick.runId(), kick.generation());
      }
    }
    load();
  }
}
