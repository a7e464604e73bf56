package dev.portcullis.reservation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.change.Changed;
import dev.portcullis.database.StartOrder;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What accounts own. */
@ApplicationScoped
public class GrantStore {
  private GrantRows rows;
  private Cache<String, GrantSet> cache;

  /** Whose alone a port is, by {@code tcp:6000}: bounded by the ports that there are. */
  private volatile Map<String, String> ownersAlone = Map.of();

  /** The changes so far, and as many of them as {@link #ownersAlone} knows. */
  private final AtomicLong changes = new AtomicLong();

  private volatile long changesRead = -1;

  /** For the container's proxy only. */
  protected GrantStore() {}

  @Inject
  GrantStore(GrantRows rows, Settings settings) {
    this.rows = rows;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void load(
      @Observes @Priority(StartOrder.LOAD) @Initialized(ApplicationScoped.class) Object started) {
    readOwnersAlone();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.GRANTS) {
      cache.invalidate(changed.ref());
    }
    if (changed.kind() == Changed.Kind.EXCLUSIVE_PORTS) {
      // the commit that tells it may not be over yet: the next question reads
      changes.incrementAndGet();
    }
  }

  /** Whether a port is another account's alone, whatever this one owns or is allowed. */
  public boolean isAnothersAlone(String accountId, Transport transport, int port) {
    if (changesRead != changes.get()) {
      readOwnersAlone();
    }
    String owner = ownersAlone.get(ExclusivePort.key(transport.word(), port));
    return owner != null && !owner.equals(accountId);
  }

  // whoever asks meanwhile waits: what was known before may be another's by now
  private synchronized void readOwnersAlone() {
    long known = changes.get();
    if (changesRead != known) {
      ownersAlone =
          rows.exclusivePorts().stream()
              .collect(Collectors.toUnmodifiableMap(ExclusivePort::key, ExclusivePort::accountId));
      changesRead = known;
    }
  }

  /** All that an account owns; from memory when it was asked before. */
  public GrantSet of(String accountId) {
    return cache.get(accountId, id -> new GrantSet(rows.of(id)));
  }

  /**
   * Some grants with the names of their owners, from the database.
   *
   * @param accounts whose; those of anybody where it is empty
   */
  public List<OwnedGrant> some(Set<String> accounts, int most) {
    return rows.some(accounts, most);
  }

  /** The grants one by one, in the order in which they were given. */
  public List<GrantRepresentation> list(String accountId) {
    return rows.of(accountId).stream().map(Grant::representation).toList();
  }

  /**
   * Gives a grant, in the caller's transaction if there is one.
   *
   * @param actor the administrator's name, for the audit log
   * @throws dev.portcullis.admin.ProblemException 400 for a wish that can't be read
   */
  public GrantRepresentation add(
      String accountId, String accountName, GrantEdit wish, String actor) {
    Grant grant = wish.grantFor(accountId);
    rows.add(grant, accountName, actor);
    return grant.representation();
  }

  /** Takes a grant away; false when the account has no such grant. */
  public boolean remove(String accountId, String accountName, String grantId, String actor) {
    return rows.remove(accountId, accountName, grantId, actor);
  }

  /** Takes all grants of an account away, in the caller's transaction. */
  public void removeAll(String accountId) {
    rows.removeAll(accountId);
  }
}
