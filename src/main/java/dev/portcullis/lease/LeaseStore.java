package dev.portcullis.lease;

import dev.portcullis.database.LostRace;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.database.Unsaved;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Limits;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Open proxies and what they occupy. */
@ApplicationScoped
public class LeaseStore {
  private static final int PORTS_TRIED = 64;

  private LeaseRows rows;
  private GrantStore grants;
  private PolicyStore policies;
  private Settings settings;
  private Periodically periodically;
  private final Unsaved unsaved = new Unsaved();

  /** For the container's proxy only. */
  protected LeaseStore() {}

  @Inject
  LeaseStore(
      LeaseRows rows,
      GrantStore grants,
      PolicyStore policies,
      Settings settings,
      Periodically periodically) {
    this.rows = rows;
    this.grants = grants;
    this.policies = policies;
    this.settings = settings;
    this.periodically = periodically;
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    periodically.run("renewing leases", settings.renewalInterval(), this::save);
  }

  /** Claims all that is asked for, or nothing. Without a port it finds one that is allowed. */
  ClaimOutcome claim(DecisionRequest<NewProxy> request) {
    ClaimRequest wish = ClaimRequest.of(request);
    Limits limits = policies.limits(request);
    return wish.remotePort() == 0
        ? Transport.of(wish.proxyType())
            .map(
                transport ->
                    claimAnyPort(
                        wish,
                        limits,
                        new AllowedPorts(
                            request, transport, grants.of(wish.accountId()), policies)))
            .orElseGet(() -> claimThis(wish, limits))
        : claimThis(wish, limits);
  }

  private ClaimOutcome claimThis(ClaimRequest wish, Limits limits) {
    return LostRace.retried(() -> rows.claim(wish, limits));
  }

  private ClaimOutcome claimAnyPort(ClaimRequest wish, Limits limits, AllowedPorts allowed) {
    int known = rows.knownPort(wish);
    if (known != 0 && allowed.contains(known)) {
      ClaimOutcome outcome = claimThis(wish.withPort(known), limits);
      if (!isTaken(outcome)) {
        return outcome;
      }
    }
    for (int attempt = 0; attempt < PORTS_TRIED; attempt++) {
      int[] free = freePorts(wish, allowed);
      if (free.length == 0) {
        break;
      }
      // the lowest, unless others are after it too: then they would all meet again at the next
      int port = free[attempt == 0 ? 0 : ThreadLocalRandom.current().nextInt(free.length)];
      ClaimOutcome outcome = claimThis(wish.withPort(port), limits);
      if (!isTaken(outcome)) {
        return outcome;
      }
    }
    return new ClaimOutcome.Refused(
        "lease.no-free-port",
        "Every %s port that '%s' may take is in use; close a proxy, or ask for more ports."
            .formatted(wish.proxyType(), wish.accountName()));
  }

  /** Whether another port may be had where this one is not. */
  private static boolean isTaken(ClaimOutcome outcome) {
    return outcome instanceof ClaimOutcome.Refused refused && refused.code().equals("lease.taken");
  }

  private int[] freePorts(ClaimRequest wish, AllowedPorts allowed) {
    Set<String> taken = rows.claimed(wish.nodeId(), wish.proxyType() + ":");
    return allowed
        .all()
        .filter(port -> !taken.contains(Occupancy.portKey(wish.proxyType(), port)))
        .toArray();
  }

  /** Frees a lease, unless the message is a late one of an earlier login. */
  boolean release(String nodeId, String proxyName, String runId, long generation) {
    return LostRace.retried(() -> rows.release(nodeId, proxyName, runId, generation));
  }

  boolean release(String id, String actor) {
    return rows.release(id, actor);
  }

  /** Remembers that the leases of a session are alive; saved by and by. */
  void renew(String runId) {
    unsaved.add(runId);
  }

  List<LeaseRepresentation> page(String account, boolean held, String after, int limit) {
    return rows.page(account, held, after, limit).stream().map(Lease::representation).toList();
  }

  /** The lease of that id, whether it is held or not. */
  public Optional<LeaseRepresentation> find(String id) {
    return rows.find(id).map(Lease::representation);
  }

  /** What a session holds. */
  public List<LeaseRepresentation> heldBy(String runId) {
    return rows.heldBy(runId).stream().map(Lease::representation).toList();
  }

  private void save() {
    unsaved.save(rows::renew);
  }
}
