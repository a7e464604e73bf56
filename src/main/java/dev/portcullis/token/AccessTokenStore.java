package dev.portcullis.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.admin.Caller;
import dev.portcullis.change.Changed;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.database.Unsaved;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Browser sessions and API tokens. */
@ApplicationScoped
public class AccessTokenStore {
  /** How an API token begins, so that people and scanners for secrets know one. */
  public static final String PREFIX = "pct_";

  private static final int REF_LENGTH = 2;

  private AccessTokenRows rows;
  private Secrets secrets;
  private Settings settings;
  private Periodically periodically;
  // by hash; only those that exist
  private Cache<String, KnownToken> cache;
  private final AtomicLong changes = new AtomicLong();
  private final Unsaved unsaved = new Unsaved();

  /** For the container's proxy only. */
  protected AccessTokenStore() {}

  @Inject
  AccessTokenStore(
      AccessTokenRows rows, Secrets secrets, Settings settings, Periodically periodically) {
    this.rows = rows;
    this.secrets = secrets;
    this.settings = settings;
    this.periodically = periodically;
    this.cache =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(30)).build();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("saving when access tokens were used", settings.renewalInterval(), this::save);
    periodically.run("forgetting ended sign-ins", Duration.ofHours(1), this::forget);
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.ACCESS_TOKEN) {
      // before the removal: what is read from now on has been read after the change
      changes.incrementAndGet();
      cache.asMap().keySet().removeIf(hash -> hash.startsWith(changed.ref()));
    }
  }

  /** So few that the change log stays small, however many people sign out. */
  static String ref(String hash) {
    return hash.substring(0, REF_LENGTH);
  }

  /** Whose API token that is, if it is one and counts. */
  public Optional<Caller> ofMachine(String token) {
    return token.startsWith(PREFIX) ? caller(TokenKind.API, token, now()) : Optional.empty();
  }

  /** Whose browser session that is, if it is one and has not ended. */
  public Optional<Caller> ofSession(String token) {
    return caller(TokenKind.SESSION, token, now());
  }

  Optional<Caller> caller(TokenKind kind, String token, OffsetDateTime now) {
    String hash = secrets.hash(Secrets.Purpose.ACCESS_TOKEN, token);
    // the hash is keyed: nobody can steer what the lookup compares
    Optional<KnownToken> known = known(hash).filter(found -> found.kind() == kind);
    if (known.isPresent() && known.get().isIdle(now, settings.people().sessionIdle())) {
      // another replica may have seen it meanwhile
      cache.invalidate(hash);
      known = known(hash).filter(found -> !found.isIdle(now, settings.people().sessionIdle()));
    }
    known = known.filter(found -> !found.hasExpired(now));
    known.ifPresent(
        found -> {
          found.use(now);
          unsaved.add(found.id());
        });
    return known.map(KnownToken::caller);
  }

  private Optional<KnownToken> known(String hash) {
    KnownToken cached = cache.getIfPresent(hash);
    if (cached != null) {
      return Optional.of(cached);
    }
    long before = changes.get();
    Optional<KnownToken> read = rows.find(hash).map(KnownToken::new);
    read.ifPresent(found -> cache.put(hash, found));
    if (changes.get() != before) {
      // it may have been revoked after it was read
      cache.invalidate(hash);
    }
    return read;
  }

  /**
   * Opens a browser session for somebody who has just proved who they are.
   *
   * @param method how they did, for the audit log
   * @return its token
   */
  public String signIn(String name, List<String> roles, String method, String address) {
    String token = secrets.newToken();
    rows.add(
        AccessToken.ofSession(
            name,
            roles,
            secrets.hash(Secrets.Purpose.ACCESS_TOKEN, token),
            now().plus(settings.people().sessionLength())),
        AccessTokenRows.event("sign-in").by(name).from(address).saying(method));
    return token;
  }

  /** Ends a browser session; false when there is none. */
  public boolean signOut(String token, String address) {
    return rows.signOut(secrets.hash(Secrets.Purpose.ACCESS_TOKEN, token), address);
  }

  AccessTokenRepresentation add(AccessTokenEdit wish, String actor) {
    String token = PREFIX + secrets.newToken();
    AccessToken row =
        AccessToken.ofMachine(
            wish.requiredLabel(),
            wish.requiredRole(),
            secrets.hash(Secrets.Purpose.ACCESS_TOKEN, token),
            actor,
            wish.end());
    rows.add(
        row,
        AccessTokenRows.event("access-token.create")
            .by(actor)
            .to(row.name())
            .saying(row.id() + " " + wish.requiredRole()));
    return row.representation().withToken(token);
  }

  /** Ends a token or a session at once; false when there is none. */
  boolean remove(String id, String actor) {
    return rows.remove(id, actor);
  }

  List<AccessTokenRepresentation> page(String after, int limit) {
    return rows.page(after, limit).stream().map(AccessToken::representation).toList();
  }

  private void save() {
    unsaved.save(batch -> rows.used(batch, now()));
  }

  private void forget() {
    OffsetDateTime now = now();
    // another replica may not have written yet that it has seen one
    rows.forgetSessions(now, now.minus(settings.people().sessionIdle()).minusHours(1));
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
