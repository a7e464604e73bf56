package dev.portcullis.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.condition.Address;
import dev.portcullis.operation.Login;
import dev.portcullis.session.SessionStore;
import dev.portcullis.settings.Settings;
import dev.portcullis.settings.ThrottleSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts sign-ins that have failed: of a user from an address, of a user from anywhere, and of an
 * address. Beyond some of them, each failure doubles the time in which nobody is asked any more.
 *
 * <p>From where an account has signed in before, only what failed from there counts against it, and
 * ten times as many may: strangers can't lock an owner out. Counts in the memory of this replica,
 * and asks the database for nothing until somebody is to be refused.
 */
@ApplicationScoped
class LoginThrottle {
  private static final int OF_USER = 2;
  private static final int OF_ADDRESS = 4;
  private static final int OF_KNOWN_PAIR = 10;
  private static final int LONGEST_USER = SignIn.LONGEST_USER + 1;
  private static final Duration MEMORY = Duration.ofHours(1);
  private static final Duration MEMORY_OF_ADDRESSES = Duration.ofMinutes(1);

  private Ticker clock = Ticker.systemTicker();
  private AccountStore accounts;
  private SessionStore sessions;
  private ThrottleSettings settings;
  private Cache<String, Failures> failures;
  private Cache<String, Set<String>> addresses;
  private final Object[] turns = Stream.generate(Object::new).limit(64).toArray();

  private record Failures(int count, long lastAt) {}

  /**
   * Who comes from where.
   *
   * @param address or of IPv6 the network of 64 bits; empty where frps tells none that is true
   */
  record Origin(String user, String address) {
    static Origin of(Login login) {
      String user = login.user();
      return new Origin(
          user.substring(0, Math.min(user.length(), LONGEST_USER)),
          Address.ofEndpoint(login.clientAddress()).map(Address::countedText).orElse(""));
    }

    private String pair() {
      return "p " + address + " " + user;
    }

    private String ofUser() {
      return "u " + user;
    }

    private String ofAddress() {
      return "a " + address;
    }
  }

  /** For the container's proxy only. */
  protected LoginThrottle() {}

  @Inject
  LoginThrottle(Settings settings, AccountStore accounts, SessionStore sessions) {
    this(settings, accounts, sessions, Ticker.systemTicker());
  }

  LoginThrottle(Settings settings, AccountStore accounts, SessionStore sessions, Ticker clock) {
    this.settings = settings.throttle();
    this.accounts = accounts;
    this.sessions = sessions;
    this.clock = clock;
    Duration memory = this.settings.longest().multipliedBy(2);
    this.failures =
        Caffeine.newBuilder()
            .ticker(clock)
            .maximumSize(300_000)
            .expireAfterWrite(memory.compareTo(MEMORY) < 0 ? MEMORY : memory)
            .build();
    this.addresses =
        Caffeine.newBuilder()
            .ticker(clock)
            .maximumSize(10_000)
            .expireAfterWrite(MEMORY_OF_ADDRESSES)
            .build();
  }

  /** For how many seconds nobody is asked; 0 when a proof may be looked at. */
  long secondsClosed(Origin origin) {
    int free = settings.free();
    long ofPair = nanosClosed(origin.pair(), free);
    long ofOthers =
        Math.max(
            nanosClosed(origin.ofUser(), free * OF_USER),
            origin.address().isEmpty() ? 0 : nanosClosed(origin.ofAddress(), free * OF_ADDRESS));
    long closed = Math.max(ofPair, ofOthers);
    if (closed > 0 && isKnown(origin)) {
      closed = nanosClosed(origin.pair(), free * OF_KNOWN_PAIR);
    }
    return closed == 0 ? 0 : Math.max(1, Duration.ofNanos(closed).plusMillis(999).toSeconds());
  }

  private long nanosClosed(String key, int free) {
    Failures known = failures.getIfPresent(key);
    return known == null || known.count() < free
        ? 0
        : Math.max(0, delay(known.count() - free) - (clock.read() - known.lastAt()));
  }

  private long delay(int beyond) {
    long longest = settings.longest().toNanos();
    long doubled = Duration.ofSeconds(1L << Math.min(beyond, 30)).toNanos();
    return Math.min(doubled, longest);
  }

  private boolean isKnown(Origin origin) {
    return addresses
        .get(
            origin.user(),
            user ->
                accounts
                    .find(user)
                    .map(KnownAccount::id)
                    .map(sessions::addresses)
                    .map(LoginThrottle::counted)
                    .orElse(Set.of()))
        .contains(origin.address());
  }

  private static Set<String> counted(List<String> endpoints) {
    return endpoints.stream()
        .map(endpoint -> Address.ofEndpoint(endpoint).map(Address::countedText).orElse(""))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Counts what has come of a proof, unless too many have failed while it was looked at.
   *
   * @return for how many seconds its answer is not to be told; 0 when it was counted
   */
  long decided(Origin origin, boolean isIn) {
    // one of a user at a time, so that each sees those before it
    synchronized (turns[Math.floorMod(origin.user().hashCode(), turns.length)]) {
      long seconds = secondsClosed(origin);
      if (seconds == 0) {
        if (isIn) {
          succeeded(origin);
        } else {
          failed(origin);
        }
      }
      return seconds;
    }
  }

  private void failed(Origin origin) {
    count(origin.pair());
    count(origin.ofUser());
    if (!origin.address().isEmpty()) {
      count(origin.ofAddress());
    }
  }

  private void count(String key) {
    failures
        .asMap()
        .merge(
            key,
            new Failures(1, clock.read()),
            (before, now) -> new Failures(before.count() + 1, now.lastAt()));
  }

  private void succeeded(Origin origin) {
    failures.invalidate(origin.pair());
  }
}
