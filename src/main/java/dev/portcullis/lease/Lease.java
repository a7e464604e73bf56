package dev.portcullis.lease;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A proxy that is open, or was: a released one remembers its port for the next time. */
@Entity
@Table(name = "lease")
public class Lease {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "node_id", length = 36)
  private String nodeId = "";

  @Column(name = "node_name", length = 64)
  private String nodeName = "";

  @Column(name = "proxy_name", length = 255)
  private String proxyName = "";

  @Column(name = "proxy_type", length = 16)
  private String proxyType = "";

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "run_id", length = 64)
  private String runId = "";

  @Column(name = "generation")
  private long generation;

  @Column(name = "openings")
  private int openings;

  @Column(name = "held")
  private boolean held;

  @Column(name = "holder", length = 400)
  private String holder = "";

  @Column(name = "remote_port")
  private int remotePort;

  @Column(name = "claimed_at", length = Moment.LENGTH)
  private String claimedAt = Moment.now();

  @Column(name = "renewed_at", length = Moment.LENGTH)
  private String renewedAt = Moment.now();

  @Column(name = "released_at", length = Moment.LENGTH)
  private @Nullable String releasedAt;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected Lease() {}

  Lease(ClaimRequest wish) {
    nodeId = wish.nodeId();
    nodeName = wish.nodeName();
    proxyName = wish.proxyName();
  }

  /** Held from now on, as wished; again where it was held already. */
  void hold(ClaimRequest wish, String newHolder) {
    boolean again = held && runId.equals(wish.runId()) && generation == wish.generation();
    openings = again ? openings + 1 : 1;
    proxyType = wish.proxyType();
    accountId = wish.accountId();
    accountName = wish.accountName();
    runId = wish.runId();
    generation = wish.generation();
    remotePort = wish.remotePort();
    holder = newHolder;
    held = true;
    claimedAt = Moment.now();
    renewedAt = Moment.now();
    releasedAt = null;
  }

  /** Whether it is held just as wished, so that nothing is wished for. */
  boolean isHeldFor(ClaimRequest wish) {
    return held
        && accountId.equals(wish.accountId())
        && runId.equals(wish.runId())
        && generation == wish.generation()
        && proxyType.equals(wish.proxyType())
        && remotePort == wish.remotePort();
  }

  void release() {
    held = false;
    releasedAt = Moment.now();
  }

  /** A CloseProxy has come that may mean an opening before the last one. */
  void closeOneOpening() {
    openings--;
  }

  /** Whether it occupies that, of what its holder claims: of ports only its own. */
  boolean needs(String resource) {
    return !Occupancy.isPort(resource) || resource.equals(Occupancy.portKey(proxyType, remotePort));
  }

  /** A login, by which leases are renewed. */
  static String login(String runId, long generation) {
    return runId + " " + generation;
  }

  boolean isStale(Duration leaseTime) {
    return Moment.of(renewedAt).isBefore(now().minus(leaseTime));
  }

  /** Leases that were renewed before then are stale now. */
  static String staleBefore(Duration leaseTime) {
    return Moment.text(now().minus(leaseTime));
  }

  boolean claimedWithin(Duration time) {
    return Moment.of(claimedAt).isAfter(now().minus(time));
  }

  String id() {
    return id;
  }

  boolean held() {
    return held;
  }

  String holder() {
    return holder;
  }

  String accountId() {
    return accountId;
  }

  String proxyType() {
    return proxyType;
  }

  String accountName() {
    return accountName;
  }

  String proxyName() {
    return proxyName;
  }

  String runId() {
    return runId;
  }

  long generation() {
    return generation;
  }

  int openings() {
    return openings;
  }

  int remotePort() {
    return remotePort;
  }

  LeaseRepresentation representation() {
    return new LeaseRepresentation(
        id,
        nodeName,
        proxyName,
        proxyType,
        accountName,
        runId,
        generation,
        held,
        remotePort,
        Moment.of(claimedAt),
        Moment.of(renewedAt),
        releasedAt == null ? null : Moment.of(releasedAt));
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return "Lease[" + nodeName + "/" + proxyName + ", " + accountId + ", version " + version + "]";
  }
}
