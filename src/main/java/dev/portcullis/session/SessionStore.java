package dev.portcullis.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.database.LostRace;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.database.Unsaved;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.policy.Limits;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Run ids and whose they are. */
@ApplicationScoped
public class SessionStore {

  private SessionRows rows;
  private Settings settings;
  private Periodically periodically;
  // only answers that can't become wrong: a run id passes to another account only when that of
  // before is no more
  private Cache<String, String> adopted;
  private final Unsaved unsaved = new Unsaved();
  private final Map<Rung, Unsaved> came = new EnumMap<>(Rung.class);
  private final Map<Rung, Unsaved> refused = new EnumMap<>(Rung.class);

  /** For the container's proxy only. */
  protected SessionStore() {}

  @Inject
  SessionStore(SessionRows rows, Settings settings, Periodically periodically) {
    this.rows = rows;
    this.settings = settings;
    this.periodically = periodically;
    this.adopted =
        Caffeine.newBuilder()
            .maximumSize(settings.accountCache())
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    for (Rung rung : Rung.values()) {
      came.put(rung, new Unsaved());
      refused.put(rung, new Unsaved());
    }
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("saving when sessions were seen", settings.renewalInterval(), this::save);
    periodically.run(
        "saving what was refused", Duration.ofSeconds(1), () -> save(refused, rows::refused));
    periodically.run("forgetting old sessions", Duration.ofHours(1), this::forget);
  }

  /**
   * Opens a session, or opens it again.
   *
   * @param login with a run id
   * @param limits that apply to it
   */
  Opening open(Login login, AccountIdentity account, NodeIdentity node, Limits limits) {
    return LostRace.retried(() -> rows.open(login, account, node, limits));
  }

  /** Binds a run id without a login; false when it is another account's. */
  boolean adopt(String runId, AccountIdentity account, NodeIdentity node) {
    if (account.id().equals(adopted.getIfPresent(runId))) {
      return true;
    }
    boolean own = LostRace.retried(() -> rows.adopt(runId, account, node));
    if (own) {
      adopted.put(runId, account.id());
    }
    return own;
  }

  /** Remembers that an operation of the session has come; saved by and by. */
  void seen(String runId) {
    unsaved.add(runId);
  }

  /** Notes that a proxy of a session was closed, in the caller's transaction. */
  public void closed(String runId, long generation) {
    rows.closed(runId, generation);
  }

  /** Where an account has signed in from, as far as sessions are kept; at most 1,000. */
  public List<String> addresses(String accountId) {
    return rows.addresses(accountId, 1_000);
  }

  /** Remembers that frps has asked this of the session; saved by and by. */
  public void came(String runId, Rung rung) {
    saveLater(came, runId, rung);
  }

  /** Remembers that this was refused, since the client was put out; saved within a second. */
  public void refused(String runId, Rung rung) {
    saveLater(refused, runId, rung);
  }

  private static void saveLater(Map<Rung, Unsaved> rungs, String runId, Rung rung) {
    if (RunId.isValid(runId)) {
      Objects.requireNonNull(rungs.get(rung)).add(runId);
    }
  }

  /** The session of that run id. */
  public Optional<KnownSession> find(String runId) {
    return rows.find(runId);
  }

  /** The sessions of an account, those of a deleted one of that name too, by run id. */
  public List<KnownSession> of(String account, String after, int limit) {
    return rows.page(account, after, limit).stream().map(ClientSession::known).toList();
  }

  List<SessionRepresentation> page(String account, String after, int limit) {
    return rows.page(account, after, limit).stream().map(ClientSession::representation).toList();
  }

  /**
   * Takes the sessions of a deleted account from it, in the caller's transaction: they may live on
   * in frps, and their run ids are anybody's.
   */
  public void orphan(String accountId) {
    rows.orphan(accountId);
  }

  private void save() {
    unsaved.save(batch -> rows.seen(batch, now()));
    save(came, rows::came);
  }

  private interface Saving {
    void save(Rung rung, Collection<String> runIds, OffsetDateTime at);
  }

  private static void save(Map<Rung, Unsaved> rungs, Saving saving) {
    rungs.forEach((rung, keys) -> keys.save(batch -> saving.save(rung, batch, now())));
  }

  private void forget() {
    rows.forget(now().minus(settings.sessionRetention()));
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
