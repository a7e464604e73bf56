package dev.portcullis.kick;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.lease.LeaseRepresentation;
import dev.portcullis.lease.LeaseStore;
import dev.portcullis.lock.LockRepresentation;
import dev.portcullis.lock.LockStore;
import dev.portcullis.session.KnownSession;
import dev.portcullis.session.SessionRepresentation;
import dev.portcullis.session.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is known of a session where it is asked whether it is out. */
@ApplicationScoped
class LadderStore {
  /** Types of which frps asks for each visitor ({@code server/proxy/proxy.go}). */
  private static final Set<String> VISITORS_ASKED =
      Set.of("tcp", "https", "tcpmux", "stcp", "sudp");

  private SessionStore sessions;
  private AccountStore accounts;
  private LeaseStore leases;
  private LockStore locks;
  private KickStore kicks;

  /** For the container's proxy only. */
  protected LadderStore() {}

  @Inject
  LadderStore(
      SessionStore sessions,
      AccountStore accounts,
      LeaseStore leases,
      LockStore locks,
      KickStore kicks) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.leases = leases;
    this.locks = locks;
    this.kicks = kicks;
  }

  Optional<LadderRepresentation> find(String runId) {
    return sessions.find(runId).map(this::ladder);
  }

  List<LadderRepresentation> of(String account, String after, int limit) {
    return sessions.of(account, after, limit).stream().map(this::ladder).toList();
  }

  private LadderRepresentation ladder(KnownSession session) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Optional<KnownAccount> account =
        session.orphaned() ? Optional.empty() : accounts.find(session.shown().account());
    Set<String> groups = account.map(KnownAccount::allGroups).orElse(Set.of());
    List<String> heldOffBy = new ArrayList<>(accountFaults(account, now));
    locksOn(session.shown(), groups, "", now).forEach(lock -> heldOffBy.add(words(lock)));
    kicksOn(session.shown(), "").forEach(kick -> heldOffBy.add(words(kick)));
    List<HeldProxyRepresentation> proxies =
        leases.heldBy(session.shown().runId()).stream()
            .map(lease -> proxy(session.shown(), groups, lease, now))
            .toList();
    return new Ladder(session, heldOffBy, proxies).representation();
  }

  private static List<String> accountFaults(Optional<KnownAccount> account, OffsetDateTime now) {
    if (account.isEmpty()) {
      return List.of("The account was deleted.");
    }
    List<String> faults = new ArrayList<>();
    if (!account.get().enabled()) {
      faults.add("The account is disabled.");
    }
    if (account.get().expired(now)) {
      faults.add("The account has expired.");
    }
    return faults;
  }

  private HeldProxyRepresentation proxy(
      SessionRepresentation session,
      Set<String> groups,
      LeaseRepresentation lease,
      OffsetDateTime now) {
    List<String> heldOffBy = new ArrayList<>();
    locksOn(session, groups, lease.proxyName(), now).stream()
        .filter(lock -> lock.proxy() != null)
        .forEach(lock -> heldOffBy.add(words(lock)));
    kicksOn(session, lease.proxyName())
        .filter(kick -> !kick.proxyName().isEmpty())
        .forEach(kick -> heldOffBy.add(words(kick)));
    return new HeldProxyRepresentation(
        lease.id(),
        lease.proxyName(),
        lease.proxyType(),
        VISITORS_ASKED.contains(lease.proxyType()),
        heldOffBy);
  }

  private List<LockRepresentation> locksOn(
      SessionRepresentation session, Set<String> groups, String proxy, OffsetDateTime now) {
    return locks.on(session.node(), session.account(), groups, session.clientAddress(), proxy, now);
  }

  private Stream<KnownKick> kicksOn(SessionRepresentation session, String proxy) {
    return kicks.on(session.runId(), session.generation(), proxy);
  }

  private static String words(LockRepresentation lock) {
    return "Locked by %s with lock %s: %s".formatted(lock.author(), lock.id(), lock.message());
  }

  private static String words(KnownKick kick) {
    return "Kicked by %s at %s: %s".formatted(kick.author(), kick.at(), kick.message());
  }
}
