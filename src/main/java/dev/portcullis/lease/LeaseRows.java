package dev.portcullis.lease;

import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.database.Moment;
import dev.portcullis.limit.LimitStore;
import dev.portcullis.policy.Excess;
import dev.portcullis.policy.Limits;
import dev.portcullis.session.SessionStore;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of leases and their claims. */
@ApplicationScoped
class LeaseRows {
  private static final Duration REORDERING = Duration.ofSeconds(10);

  @PersistenceContext(unitName = "portcullis")
  private EntityManager entities;

  private Settings settings;
  private AuditStore audit;
  private LimitStore limits;
  private SessionStore sessions;

  /** For the container's proxy only. */
  protected LeaseRows() {}

  @Inject
  LeaseRows(Settings settings, AuditStore audit, LimitStore limits, SessionStore sessions) {
    this.settings = settings;
    this.audit = audit;
    this.limits = limits;
    this.sessions = sessions;
  }

  /** Claims once. Fails on a unique constraint when somebody else claims just now. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  ClaimOutcome claim(ClaimRequest wish, Limits applying) {
    Optional<Excess> excess =
        limits.ofProxy(
            applying,
            wish.accountId(),
            wish.runId(),
            wish.nodeId(),
            wish.proxyName(),
            wish.remotePort());
    Optional<Lease> known = locked(wish.nodeId(), wish.proxyName());
    if (known.isPresent() && isNewer(known.get(), wish)) {
      return new ClaimOutcome.Refused(
          "lease.superseded", "This connection was replaced by a later login of the same client.");
    }
    if (excess.isPresent() && !known.map(lease -> lease.isHeldFor(wish)).orElse(false)) {
      return new ClaimOutcome.Refused(excess.get().code(), excess.get().reason());
    }
    Lease lease = known.orElseGet(() -> new Lease(wish));
    String holder = wish.group().isEmpty() ? lease.id() : wish.group();
    Set<String> missing = new HashSet<>(wish.resources());
    for (Claim claim : lockedClaims(wish.nodeId(), wish.resources())) {
      if (!claim.holder().equals(holder)) {
        Optional<Lease> other = liveLease(claim.holder(), lease);
        if (other.isPresent()) {
          if (other.get().proxyName().equals(wish.proxyName())) {
            // made since this transaction looked for it: the next attempt finds it
            throw new OptimisticLockException("The lease of " + wish.proxyName() + " is new");
          }
          return taken(claim.resource(), other.get(), wish);
        }
        claim.passTo(holder);
      }
      missing.remove(claim.resource());
    }
    dropClaims(lease, holder, wish.resources());
    missing.forEach(resource -> entities.persist(new Claim(wish.nodeId(), resource, holder)));
    lease.hold(wish, holder);
    if (known.isEmpty()) {
      entities.persist(lease);
    }
    return new ClaimOutcome.Held(wish.remotePort());
  }

  private static boolean isNewer(Lease lease, ClaimRequest wish) {
    return lease.held()
        && lease.runId().equals(wish.runId())
        && wish.generation() > 0
        && lease.generation() > wish.generation();
  }

  private static ClaimOutcome taken(String resource, Lease other, ClaimRequest wish) {
    boolean own = other.accountName().equals(wish.accountName());
    String what =
        resource.startsWith(wish.proxyType() + ":") && wish.remotePort() != 0
            ? "The " + wish.proxyType() + " port " + wish.remotePort()
            : "A domain with this route";
    return new ClaimOutcome.Refused(
        "lease.taken",
        own
            ? what + " is held by your own proxy '" + other.proxyName() + "'; close that one first."
            : what + " is held by another account's proxy; " + instead(wish));
  }

  private static String instead(ClaimRequest wish) {
    return wish.remotePort() == 0
        ? "take another domain."
        : "take another port, or leave remotePort out to get a free one.";
  }

  /** Frees a lease if the message is not a late one of an earlier login; says whether it did. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  boolean release(String nodeId, String proxyName, String runId, long generation) {
    Optional<Lease> lease =
        locked(nodeId, proxyName)
            .filter(Lease::held)
            .filter(found -> found.runId().equals(runId))
            .filter(found -> found.generation() <= generation);
    if (lease.isEmpty()) {
      return false;
    }
    // without generations only the order tells: a close so soon after a second opening is the
    // first's
    if (generation == 0 && lease.get().openings() > 1 && lease.get().claimedWithin(REORDERING)) {
      lease.get().closeOneOpening();
      return false;
    }
    free(lease.get());
    sessions.closed(runId, generation);
    return true;
  }

  /** Frees a lease for an administrator; false when there is none. */
  @Transactional
  boolean release(String id, String actor) {
    Lease lease = entities.find(Lease.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (lease == null || !lease.held()) {
      return false;
    }
    free(lease);
    audit.recordWith(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.ALLOWED, "lease.release")
            .by(actor)
            .to(lease.proxyName()));
    return true;
  }

  private void free(Lease lease) {
    dropClaims(lease, "", Set.of());
    lease.release();
  }

  /** Drops what the lease claims, but for {@code kept} under {@code newHolder}. */
  private void dropClaims(Lease lease, String newHolder, Set<String> kept) {
    String holder = lease.holder();
    if (!lease.held() || (holder.equals(newHolder) && !holder.equals(lease.id()))) {
      return;
    }
    List<Claim> claims =
        entities
            .createQuery("select c from Claim c where c.holder = :holder", Claim.class)
            .setParameter("holder", holder)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    boolean shared = leasesOf(holder).stream().anyMatch(other -> !other.id().equals(lease.id()));
    if (!shared) {
      claims.stream()
          .filter(claim -> !(holder.equals(newHolder) && kept.contains(claim.resource())))
          .forEach(entities::remove);
    }
  }

  /** Another lease that makes a claim of that holder count; frees stale ones on the way. */
  private Optional<Lease> liveLease(String holder, Lease own) {
    for (Lease lease : leasesOf(holder)) {
      if (lease.id().equals(own.id())) {
        continue;
      }
      if (!lease.isStale(settings.leaseTime())) {
        return Optional.of(lease);
      }
      lease.release();
    }
    return Optional.empty();
  }

  private List<Lease> leasesOf(String holder) {
    return entities
        .createQuery(
            "select l from Lease l where l.holder = :holder and l.held = :held", Lease.class)
        .setParameter("holder", holder)
        .setParameter("held", true)
        .getResultList();
  }

  private Optional<Lease> locked(String nodeId, String proxyName) {
    return byName(nodeId, proxyName, LockModeType.PESSIMISTIC_WRITE);
  }

  private Optional<Lease> byName(String nodeId, String proxyName, LockModeType lock) {
    return entities
        .createQuery(
            "select l from Lease l where l.nodeId = :node and l.proxyName = :name", Lease.class)
        .setParameter("node", nodeId)
        .setParameter("name", proxyName)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private List<Claim> lockedClaims(String nodeId, Collection<String> resources) {
    return resources.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select c from Claim c where c.nodeId = :node and c.resource in :resources"
                    + " order by c.resource",
                Claim.class)
            .setParameter("node", nodeId)
            .setParameter("resources", resources)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
  }

  /** The port that this proxy had last, or that its group has now; 0 for none. */
  @Transactional
  int knownPort(ClaimRequest wish) {
    if (!wish.group().isEmpty()) {
      Optional<Lease> member = leasesOf(wish.group()).stream().findFirst();
      if (member.isPresent()) {
        return member.get().remotePort();
      }
    }
    return byName(wish.nodeId(), wish.proxyName(), LockModeType.NONE)
        .map(Lease::remotePort)
        .orElse(0);
  }

  /** What is claimed on a node under keys that begin so. */
  @Transactional
  Set<String> claimed(String nodeId, String prefix) {
    return new HashSet<>(
        entities
            .createQuery(
                "select c.resource from Claim c where c.nodeId = :node and c.resource like :prefix",
                String.class)
            .setParameter("node", nodeId)
            .setParameter("prefix", prefix + "%")
            .getResultList());
  }

  @Transactional
  void renew(Collection<String> runIds) {
    entities
        .createQuery(
            // not l.held: EclipseLink makes a number of a boolean here, which H2 does not compare
            "update Lease l set l.renewedAt = :now where l.releasedAt is null and l.runId in :runIds")
        .setParameter("now", Moment.now())
        .setParameter("runIds", runIds)
        .executeUpdate();
  }

  @Transactional
  Optional<Lease> find(String id) {
    return Optional.ofNullable(entities.find(Lease.class, id));
  }

  @Transactional
  List<Lease> heldBy(String runId) {
    return entities
        .createQuery(
            "select l from Lease l where l.runId = :run and l.held = :held order by l.proxyName",
            Lease.class)
        .setParameter("run", runId)
        .setParameter("held", true)
        .getResultList();
  }

  @Transactional
  List<Lease> page(String account, boolean held, String after, int limit) {
    String ofAccount = account.isEmpty() ? "" : " and l.accountName = :account";
    TypedQuery<Lease> query =
        entities
            .createQuery(
                "select l from Lease l where l.id > :after and l.held = :held"
                    + ofAccount
                    + " order by l.id",
                Lease.class)
            .setParameter("after", after)
            .setParameter("held", held);
    if (!account.isEmpty()) {
      query.setParameter("account", account);
    }
    return query.setMaxResults(limit).getResultList();
  }
}
