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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
                            request,
                            transport,
                            grants,
                            policies,
                            settings.reservation().portHold())))
            .orElseGet(() -> claimAsked(wish, limits))
        : claimAsked(wish, limits);
  }

  private ClaimOutcome claimAsked(ClaimRequest wish, Limits limits) {
    ClaimOutcome outcome = claimThis(wish, limits);
    return outcome instanceof ClaimOutcome.Elsewhere group ? refused(group) : outcome;
  }

  private static ClaimOutcome.Refused refused(ClaimOutcome.Elsewhere group) {
    return new ClaimOutcome.Refused(
        "lease.group-port",
        "The other proxies of this load-balancing group are on port %d, which this one did not ask for or may not take; ask for it, or call the group otherwise."
            .formatted(group.remotePort()));
  }

  private ClaimOutcome claimThis(ClaimRequest wish, Limits limits) {
    return LostRace.retried(() -> rows.claim(wish, limits));
  }

  private ClaimOutcome claimAnyPort(ClaimRequest wish, Limits limits, AllowedPorts allowed) {
    int known = rows.knownPort(wish);
    if (known != 0 && allowed.contains(known)) {
      ClaimOutcome outcome = claimWithGroup(wish, limits, known, allowed);
      if (!(outcome instanceof ClaimOutcome.Elsewhere) && !isTaken(outcome)) {
        return outcome;
      }
    }
    for (int attempt = 0; attempt < PORTS_TRIED; attempt++) {
      OptionalInt port =
          PortChoice.of(
                  allowed,
                  rows.uses(wish.nodeId(), wish.proxyType()),
                  wish.accountId(),
                  OffsetDateTime.now(ZoneOffset.UTC))
              .pick(attempt == 0);
      if (port.isEmpty()) {
        break;
      }
      ClaimOutcome outcome = claimWithGroup(wish, limits, port.getAsInt(), allowed);
      if (outcome instanceof ClaimOutcome.Elsewhere group) {
        return refused(group);
      }
      if (!isTaken(outcome)) {
        return outcome;
      }
    }
    return new ClaimOutcome.Refused(
        "lease.no-free-port",
        "Every %s port that '%s' may take is in use; close a proxy, or ask for more ports."
            .formatted(wish.proxyType(), wish.accountName()));
  }

  /** Whether another port may be had: every other refusal holds for all of them. */
  private static boolean isTaken(ClaimOutcome outcome) {
    return outcome instanceof ClaimOutcome.Refused refused
        && refused.code().equals(LeaseRows.TAKEN);
  }

  /** Claims a port, or the one where the proxy's group is by now. */
  private ClaimOutcome claimWithGroup(
      ClaimRequest wish, Limits limits, int port, AllowedPorts allowed) {
    ClaimOutcome outcome = claimThis(wish.withPort(port), limits);
    return outcome instanceof ClaimOutcome.Elsewhere group && allowed.contains(group.remotePort())
        ? claimThis(wish.withPort(group.remotePort()), limits)
        : outcome;
  }

  /** Frees a lease, unless the message is a late one of an earlier login. */
  boolean release(String nodeId, String proxyName, String runId, long generation) {
    return LostRace.retried(() -> rows.release(nodeId, proxyName, runId, generation));
  }

  boolean release(String id, String actor) {
    return rows.release(id, actor);
  }

  /** Remembers that what a login has opened is alive; saved by and by. */
  void renew(String runId, long generation) {
    unsaved.add(Lease.login(runId, generation));
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
