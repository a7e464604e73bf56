package dev.portcullis.jwt;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.events.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The provider's keys, in memory. They are fetched again before they grow old; a token of a key
 * that is not among them makes them be fetched once more, at most twice in a pause.
 *
 * <p>Only its own few threads ever wait for the provider itself. Whoever needs a key that is not
 * there yet waits for one of them, or is refused when all are waiting.
 */
final class SigningKeys implements AutoCloseable {
  private static final int ASKERS = 4;

  private final String issuer;
  private final Duration timeout;
  private final Pace pace;
  private final JWKSetBasedJWKSource<SecurityContext> source;
  private final ScheduledThreadPoolExecutor background;
  private final ThreadPoolExecutor askers;
  private volatile @Nullable Known known;

  /**
   * When the provider is asked.
   *
   * @param life how long keys are used before they are fetched again
   * @param outage how long they are used while the provider does not answer
   * @param pause of fetches: two in it at most
   * @param look how often it is looked whether the keys are about to grow old
   */
  record Pace(Duration life, Duration outage, Duration pause, Duration look) {
    static final Pace USUAL =
        new Pace(
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  private record Known(JWKSet keys, long end) {}

  SigningKeys(
      String issuer,
      Duration timeout,
      JWKSetSource<SecurityContext> fetch,
      Pace pace,
      ThreadFactory threads) {
    this.issuer = issuer;
    this.timeout = timeout;
    this.pace = pace;
    background = new ScheduledThreadPoolExecutor(1, threads);
    askers =
        new ThreadPoolExecutor(0, ASKERS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), threads);
    long life = pace.life().toMillis();
    source =
        (JWKSetBasedJWKSource<SecurityContext>)
            JWKSourceBuilder.create(fetch)
                .cache(life, life / 4)
                // with a thread of the library's, which ends with it: the method that takes ours is
                // not in the version that Payara puts before the WAR's
                .refreshAheadCache(life / 4, false, this::note)
                .rateLimited(pace.pause().toMillis())
                .outageTolerant(pace.outage().toMillis())
                .build();
  }

  private void note(Event<CachingJWKSetSource<SecurityContext>, SecurityContext> event) {
    if (event instanceof CachingJWKSetSource.RefreshCompletedEvent<?> refreshed) {
      known = new Known(refreshed.getJWKSet(), System.nanoTime() + pace.life().toNanos());
    }
  }

  /** From now on they are kept fresh. */
  void start() {
    // look throws nothing that would end it
    var unused =
        background.scheduleWithFixedDelay(
            this::look, 0, pace.look().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      source
          .getJWKSetSource()
          .getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null);
    } catch (KeySourceException | RuntimeException e) {
      // the fetch has logged what failed
    }
  }

  /** The keys that may have signed a token with this header; at least one. */
  List<JWK> find(JWSHeader header) throws JwtRefusedException {
    JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
    Known now = known;
    boolean fresh = now != null && now.end() - System.nanoTime() > 0;
    List<JWK> found = now != null && fresh ? selector.select(now.keys()) : List.of();
    if (found.isEmpty()) {
      found = ask(selector, fresh);
    }
    if (found.isEmpty()) {
      throw unknownKey();
    }
    return found;
  }

  private List<JWK> ask(JWKSelector selector, boolean fresh) throws JwtRefusedException {
    try {
      Future<List<JWK>> answer = askers.submit(() -> source.get(selector, null));
      // an answer that comes later is there for the next who asks
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away();
    } catch (ExecutionException e) {
      throw fresh && e.getCause() instanceof RateLimitReachedException ? unknownKey() : away();
    } catch (TimeoutException | RejectedExecutionException e) {
      throw away();
    }
  }

  private static JwtRefusedException unknownKey() {
    return new JwtRefusedException(
        "jwt.unknown-key", "The token is signed with a key that the provider does not show");
  }

  private JwtRefusedException away() {
    return new JwtRefusedException(
        "jwt.provider-away",
        "The keys of %s could not be read in time, so no token can be checked; try again soon"
            .formatted(issuer));
  }

  @Override
  public void close() {
    background.shutdownNow();
    askers.shutdownNow();
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
