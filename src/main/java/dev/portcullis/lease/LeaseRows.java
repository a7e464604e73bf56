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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of leases and their claims. */
@ApplicationScoped
class LeaseRows {
  /** The code of what is refused since somebody else has it. */
  static final String TAKEN = "lease.taken";

  private static final int BATCH = 500;
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
    Lease lease = known.orElseGet(() -> new Lease(wish));
    String holder = wish.group().isEmpty() ? lease.id() : wish.group();
    Set<String> missing = new HashSet<>(wish.resources());
    // the group's own claim is the first of them: who waits for it sees where the group is
    List<Claim> claims = lockedClaims(wish.nodeId(), wish.resources());
    Optional<Lease> elsewhere = memberElsewhere(wish, lease);
    if (elsewhere.isPresent()) {
      return new ClaimOutcome.Elsewhere(elsewhere.get().remotePort());
    }
    // not before: it may be about a port that the group has nothing to do with
    if (excess.isPresent() && !known.map(held -> held.isHeldFor(wish)).orElse(false)) {
      return new ClaimOutcome.Refused(excess.get().code(), excess.get().reason());
    }
    // all are looked at before the first is taken: a refusal takes nothing
    for (Claim claim : claims) {
      Optional<Lease> other =
          claim.holder().equals(holder) ? Optional.empty() : liveLease(claim, lease);
      if (other.isPresent()) {
        if (other.get().proxyName().equals(wish.proxyName())) {
          // made since this transaction looked for it: the next attempt finds it
          throw new OptimisticLockException("The lease of " + wish.proxyName() + " is new");
        }
        return taken(claim.resource(), other.get(), wish);
      }
    }
    for (Claim claim : claims) {
      if (!claim.holder().equals(holder)) {
        using(claim, lease).forEach(Lease::release);
      }
      claim.passTo(holder, wish.accountId());
      missing.remove(claim.resource());
    }
    if (known.isPresent()) {
      leave(lease, holder, wish.resources());
    }
    missing.forEach(
        resource -> entities.persist(new Claim(wish.nodeId(), resource, holder, wish.accountId())));
    lease.hold(wish, holder);
    if (known.isEmpty()) {
      entities.persist(lease);
    }
    return new ClaimOutcome.Held(wish.remotePort());
  }

  /** Another live proxy of the same group that is on another port. */
  private Optional<Lease> memberElsewhere(ClaimRequest wish, Lease own) {
    return wish.group().isEmpty() || wish.remotePort() == 0
        ? Optional.empty()
        : leasesOf(wish.group()).stream()
            .filter(member -> !member.id().equals(own.id()))
            .filter(member -> !member.isStale(settings.leaseTime()))
            .filter(member -> member.remotePort() != wish.remotePort())
            .findFirst();
  }

  private boolean isNewer(Lease lease, ClaimRequest wish) {
    return lease.held()
        && !lease.isStale(settings.leaseTime())
        && lease.runId().equals(wish.runId())
        && wish.generation() > 0
        && lease.generation() > wish.generation();
  }

  private static ClaimOutcome taken(String resource, Lease other, ClaimRequest wish) {
    if (Occupancy.isGroup(resource)) {
      return new ClaimOutcome.Refused(
          "lease.group-taken",
          "Another account has a load-balancing group of this name here; call yours otherwise.");
    }
    boolean own = other.accountName().equals(wish.accountName());
    String what =
        resource.startsWith(wish.proxyType() + ":") && wish.remotePort() != 0
            ? "The " + wish.proxyType() + " port " + wish.remotePort()
            : "A domain with this route";
    return new ClaimOutcome.Refused(
        TAKEN,
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
    for (Claim claim : claimsOfNobodyElse(lease)) {
      if (Occupancy.isPort(claim.resource())) {
        claim.rest();
      } else {
        entities.remove(claim);
      }
    }
    lease.release();
  }

  /** Gives up what the lease has claimed before, but for {@code kept} under {@code newHolder}. */
  private void leave(Lease lease, String newHolder, Set<String> kept) {
    String holder = lease.holder();
    // what a group has left stays the group's
    if (!lease.held() && !holder.equals(lease.id()) && !holder.equals(newHolder)) {
      return;
    }
    claimsOfNobodyElse(lease).stream()
        .filter(claim -> !(holder.equals(newHolder) && kept.contains(claim.resource())))
        .forEach(entities::remove);
  }

  /** What a lease claims, unless other leases of its group do so too. */
  private List<Claim> claimsOfNobodyElse(Lease lease) {
    // locked before one looks for the others: whoever joins the group has locked them then
    List<Claim> claims = claimsOf(lease.holder(), LockModeType.PESSIMISTIC_WRITE);
    return leasesOf(lease.holder()).stream().allMatch(other -> other.id().equals(lease.id()))
        ? claims
        : List.of();
  }

  private List<Claim> claimsOf(String holder, LockModeType lock) {
    return entities
        .createQuery("select c from Claim c where c.holder = :holder", Claim.class)
        .setParameter("holder", holder)
        .setLockMode(lock)
        .getResultList();
  }

  /** Another lease that makes a claim count. */
  private Optional<Lease> liveLease(Claim claim, Lease own) {
    return using(claim, own).stream()
        .filter(lease -> !lease.isStale(settings.leaseTime()))
        .findFirst();
  }

  /** Other leases that need a claim, alive or not: a group may have left its port for another. */
  private List<Lease> using(Claim claim, Lease own) {
    return leasesOf(claim.holder()).stream()
        .filter(lease -> !lease.id().equals(own.id()))
        .filter(lease -> lease.needs(claim.resource()))
        .toList();
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

  /** The port that is held for this proxy, or where its group is; 0 for none. */
  @Transactional
  int knownPort(ClaimRequest wish) {
    Optional<Lease> last =
        byName(wish.nodeId(), wish.proxyName(), LockModeType.NONE)
            .filter(lease -> lease.accountId().equals(wish.accountId()))
            .filter(lease -> lease.proxyType().equals(wish.proxyType()));
    String holder = wish.group().isEmpty() ? last.map(Lease::id).orElse("") : wish.group();
    return claimsOf(holder, LockModeType.NONE).stream()
        // one that is in use comes before one that is only held
        .sorted(Comparator.comparing(claim -> claim.releasedAt() != null))
        .mapToInt(claim -> Occupancy.portOf(wish.proxyType(), claim.resource()))
        .filter(port -> port != 0)
        .findFirst()
        .orElseGet(() -> last.map(lease -> unclaimedPort(wish, lease)).orElse(0));
  }

  /** The port of a lease that an older version has released without holding it. */
  private int unclaimedPort(ClaimRequest wish, Lease last) {
    return entities
            .createQuery(
                "select c.id from Claim c where c.nodeId = :node and c.resource = :resource",
                String.class)
            .setParameter("node", wish.nodeId())
            .setParameter("resource", Occupancy.portKey(wish.proxyType(), last.remotePort()))
            .getResultList()
            .isEmpty()
        ? last.remotePort()
        : 0;
  }

  /** The ports of a transport that are in use on a node, or held. */
  @Transactional
  List<PortUse> uses(String nodeId, String proxyType) {
    Map<String, String> lastSeen = lastSeen(nodeId, proxyType);
    String aliveSince = Lease.staleBefore(settings.leaseTime());
    List<PortUse> uses = new ArrayList<>();
    for (Claim claim :
        entities
            .createQuery(
                "select c from Claim c where c.nodeId = :node and c.resource like :prefix",
                Claim.class)
            .setParameter("node", nodeId)
            .setParameter("prefix", proxyType + ":%")
            .getResultList()) {
      int port = Occupancy.portOf(proxyType, claim.resource());
      uses.add(
          new PortUse(
              port,
              claim.accountId(),
              leftAt(claim, lastSeen.get(use(claim.holder(), port)), aliveSince)));
    }
    return uses;
  }

  private static @Nullable OffsetDateTime leftAt(
      Claim claim, @Nullable String seen, String aliveSince) {
    String released = claim.releasedAt();
    if (released != null) {
      return Moment.of(released);
    }
    if (seen == null) {
      // whoever had it was forgotten or went elsewhere, nobody knows when
      return Moment.of(aliveSince);
    }
    return seen.compareTo(aliveSince) < 0 ? Moment.of(seen) : null;
  }

  /** When the leases were seen last that are not closed, by their holder and port. */
  private Map<String, String> lastSeen(String nodeId, String proxyType) {
    Map<String, String> lastSeen = new HashMap<>();
    entities
        .createQuery(
            "select l.holder, l.remotePort, max(l.renewedAt) from Lease l where l.nodeId = :node"
                + " and l.proxyType = :type and l.held = :held group by l.holder, l.remotePort",
            Object[].class)
        .setParameter("node", nodeId)
        .setParameter("type", proxyType)
        .setParameter("held", true)
        .getResultList()
        .forEach(
            row ->
                lastSeen.put(use((String) row[0], ((Number) row[1]).intValue()), (String) row[2]));
    return lastSeen;
  }

  private static String use(String holder, int port) {
    return holder + " " + port;
  }

  /**
   * Renews what was opened in these logins: what an earlier one has left open, a later one does not
   * keep alive.
   *
   * @param logins see {@link Lease#login}
   */
  @Transactional
  void renew(Collection<String> logins) {
    Set<String> runIds = new HashSet<>();
    logins.forEach(login -> runIds.add(login.substring(0, login.indexOf(' '))));
    List<String> ids =
        entities
            .createQuery(
                "select l.id, l.runId, l.generation from Lease l where l.releasedAt is null"
                    + " and l.runId in :runIds",
                Object[].class)
            .setParameter("runIds", runIds)
            .getResultStream()
            .filter(
                row -> logins.contains(Lease.login((String) row[1], ((Number) row[2]).longValue())))
            .map(row -> (String) row[0])
            .toList();
    for (int from = 0; from < ids.size(); from += BATCH) {
      entities
          .createQuery(
              "update Lease l set l.renewedAt = :now where l.releasedAt is null and l.id in :ids")
          .setParameter("now", Moment.now())
          .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + BATCH)))
          .executeUpdate();
    }
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
