package dev.portcullis.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.database.StartOrder;
import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Refused;
import dev.portcullis.directory.DirectoryAnswer.Unavailable;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Knows who has which password, and in which groups they are. Asks what {@code
 * portcullis.password-store} names, on the caller's thread; only few may ask at once, so that a
 * directory that hangs does not keep all workers.
 */
@ApplicationScoped
public class Directory {
  private static final Logger LOG = System.getLogger(Directory.class.getName());
  private static final int MOST_AT_ONCE = 8;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_PASSWORD = 1024;

  private final AtomicBoolean failing = new AtomicBoolean();
  private @Nullable PasswordCheck check;
  private Secrets secrets;
  private Cache<String, Remembered> memory;
  private Duration patience;

  /** Those who ask. */
  private Semaphore asking;

  /** They and those who wait for their turn. */
  private Semaphore inside;

  private record Remembered(String password, Known answer) {}

  /** For the container's proxy only. */
  protected Directory() {}

  @Inject
  Directory(
      Settings settings,
      Secrets secrets,
      Instance<IdentityStoreHandler> handler,
      Instance<IdentityStore> stores) {
    this(
        settings,
        secrets,
        switch (settings.directory().store()) {
          case NONE -> null;
          // an answer that comes after frps has had its own is of no use
          case LDAP ->
              new LdapCheck(
                  settings.directory().ldap(),
                  settings.answerBudget().multipliedBy(3).dividedBy(4));
          case SERVER -> new IdentityStoreCheck(handler, stores);
        });
  }

  Directory(Settings settings, Secrets secrets, @Nullable PasswordCheck check) {
    this.check = check;
    this.secrets = secrets;
    this.memory =
        Caffeine.newBuilder()
            .maximumSize(settings.accountCache())
            .expireAfterWrite(settings.directory().memory())
            .build();
    this.patience = settings.answerBudget().dividedBy(8);
    int atOnce = Math.max(1, Math.min(MOST_AT_ONCE, settings.workers() / 4));
    this.asking = new Semaphore(atOnce);
    this.inside = new Semaphore(atOnce * 2);
  }

  /** Stops the start when what is set can't work. */
  void start(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    if (check instanceof IdentityStoreCheck server) {
      server.requireStores();
    }
  }

  /** Whether anybody can be asked; if not, nobody is ever known. */
  public boolean isConfigured() {
    return check != null;
  }

  /**
   * Asks whether the name has this password. One that was right counts for {@code
   * portcullis.password-memory} without asking; a new password ends the old one's.
   */
  public DirectoryAnswer check(String name, String password) {
    PasswordCheck asked = check;
    if (asked == null) {
      return new Unavailable("portcullis.password-store is not set");
    }
    // many directories admit everybody without a password, as nobody
    if (!isSound(name, LONGEST_NAME) || !isSound(password, LONGEST_PASSWORD)) {
      return new Refused();
    }
    String hash = secrets.hash(Secrets.Purpose.PASSWORD_MEMORY, name + "\n" + password);
    Known known = remembered(name, hash);
    if (known != null) {
      return known;
    }
    if (!inside.tryAcquire()) {
      return tooMany();
    }
    try {
      if (!asking.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return tooMany();
      }
      try {
        // another client of the same user may just have been asked about
        known = remembered(name, hash);
        return known != null ? known : ask(asked, name, password, hash);
      } finally {
        asking.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("Interrupted");
    } finally {
      inside.release();
    }
  }

  private static boolean isSound(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.chars().noneMatch(Character::isISOControl);
  }

  private static Unavailable tooMany() {
    return new Unavailable("Too many passwords are being checked at once");
  }

  private @Nullable Known remembered(String name, String hash) {
    Remembered remembered = memory.getIfPresent(name);
    return remembered != null && Secrets.same(remembered.password(), hash)
        ? remembered.answer()
        : null;
  }

  private DirectoryAnswer ask(PasswordCheck asked, String name, String password, String hash) {
    DirectoryAnswer answer;
    try {
      answer = asked.check(name, password);
    } catch (RuntimeException e) {
      // its message might hold the password
      answer = new Unavailable("The directory's client failed with " + e.getClass().getName());
    }
    if (answer instanceof Known known) {
      memory.put(name, new Remembered(hash, known));
    }
    if (answer instanceof Unavailable unavailable) {
      if (!failing.getAndSet(true)) {
        LOG.log(Level.WARNING, "Passwords can''t be checked: {0}", unavailable.why());
      }
    } else if (failing.getAndSet(false)) {
      LOG.log(Level.INFO, "Passwords can be checked again");
    }
    return answer;
  }
}
