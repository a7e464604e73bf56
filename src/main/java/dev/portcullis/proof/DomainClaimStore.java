package dev.portcullis.proof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.change.Changed;
import dev.portcullis.database.LostRace;
import dev.portcullis.database.Periodically;
import dev.portcullis.database.StartOrder;
import dev.portcullis.reservation.DomainName;
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
import java.util.stream.Collectors;

/** Domains that accounts claim, and whether they have proved them. */
@ApplicationScoped
public class DomainClaimStore {
  private static final int BATCH = 20;

  /** Between two looks for claims that are due. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A replica that stops while it looks up leaves them to the others after this time. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private DomainClaimRows rows;
  private TxtLookup lookup;
  private Secrets secrets;
  private Settings settings;
  private Periodically periodically;
  private Cache<String, ProvedDomains> cache;

  /** For the container's proxy only. */
  protected DomainClaimStore() {}

  @Inject
  DomainClaimStore(
      DomainClaimRows rows,
      TxtLookup lookup,
      Secrets secrets,
      Settings settings,
      Periodically periodically) {
    this.rows = rows;
    this.lookup = lookup;
    this.secrets = secrets;
    this.settings = settings;
    this.periodically = periodically;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void start(
      @Observes @Priority(StartOrder.BACKGROUND) @Initialized(ApplicationScoped.class)
          Object started) {
    Duration pending = settings.reservation().domainPending();
    periodically.run(
        "looking up the records of claimed domains",
        pending.compareTo(LONGEST_PAUSE) < 0 ? pending : LONGEST_PAUSE,
        this::checkDue);
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.DOMAIN_CLAIMS) {
      cache.invalidate(changed.ref());
    }
  }

  /** What an account has proved; from memory when it was asked before, never from DNS. */
  public ProvedDomains of(String accountId) {
    return cache.get(accountId, this::read);
  }

  private ProvedDomains read(String accountId) {
    List<DomainClaim> claims = rows.of(accountId);
    return new ProvedDomains(
        claims.stream()
            .filter(claim -> claim.state().holds())
            .map(claim -> new DomainName(claim.domain()))
            .toList(),
        claims.stream()
            .filter(claim -> !claim.state().holds())
            .collect(Collectors.toMap(claim -> new DomainName(claim.domain()), this::challenge)));
  }

  /** The claims of an account, in the order in which they were made. */
  public List<DomainClaimRepresentation> page(String accountId, String after, int limit) {
    return rows.page(accountId, after, limit).stream().map(this::represented).toList();
  }

  /** One claim of an account. */
  public Optional<DomainClaimRepresentation> find(String accountId, String id) {
    return ofAccount(accountId, id).map(this::represented);
  }

  private Optional<DomainClaim> ofAccount(String accountId, String id) {
    return rows.find(id).filter(claim -> claim.accountId().equals(accountId));
  }

  /**
   * Claims a domain; the answer has the record that proves it.
   *
   * @param actor who does, for the audit log
   * @throws dev.portcullis.admin.ProblemException 400 for what is no domain, 409 when it is claimed
   *     by this account already
   */
  public DomainClaimRepresentation add(
      String accountId, String accountName, DomainClaimEdit wish, String actor) {
    DomainClaim claim = new DomainClaim(accountId, accountName, wish.requiredDomain(), now());
    rows.add(claim, actor);
    return represented(claim);
  }

  /** Looks the record of a claim up at once; empty when the account has no such claim. */
  public Optional<DomainClaimRepresentation> check(String accountId, String id) {
    return ofAccount(accountId, id).flatMap(this::checked).map(this::represented);
  }

  /** Takes a claim away; false when the account has no such claim. */
  public boolean remove(String accountId, String id, String actor) {
    return rows.remove(accountId, id, actor);
  }

  /** Takes all claims of an account away, in the caller's transaction. */
  public void removeAll(String accountId) {
    rows.removeAll(accountId);
  }

  private void checkDue() {
    List<String> due;
    do {
      due = rows.due(now(), BATCH);
      for (String id : due) {
        LostRace.retried(() -> rows.takeOver(id, now(), now().plus(PATIENCE)))
            .ifPresent(this::checked);
      }
    } while (due.size() == BATCH);
  }

  private Optional<DomainClaim> checked(DomainClaim claim) {
    Challenge challenge = challenge(claim);
    // outside of any transaction: it may take seconds
    TxtAnswer answer = lookup.texts(challenge.host());
    return LostRace.retried(() -> rows.take(claim.id(), answer, challenge.text(), now()));
  }

  private Challenge challenge(DomainClaim claim) {
    return Challenge.of(claim.accountId(), claim.domain(), secrets);
  }

  private DomainClaimRepresentation represented(DomainClaim claim) {
    return claim.representation(challenge(claim));
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
