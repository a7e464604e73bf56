package dev.portcullis.session;

import dev.portcullis.database.Moment;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.operation.Login;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run id and the account that has it. */
@Entity
@Table(name = "client_session")
public class ClientSession {
  @Id
  @Column(name = "run_id", length = 64)
  private String runId = "";

  @Column(name = "node_id", length = 36)
  private String nodeId = "";

  @Column(name = "node_name", length = 64)
  private String nodeName = "";

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "account_name", length = 64)
  private String accountName = "";

  @Column(name = "generation")
  private long generation;

  @Column(name = "client_version", length = 32)
  private String clientVersion = "";

  @Column(name = "os", length = 32)
  private String os = "";

  @Column(name = "arch", length = 32)
  private String arch = "";

  @Column(name = "hostname", length = 255)
  private String hostname = "";

  @Column(name = "client_address", length = 255)
  private String clientAddress = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "login_at", length = Moment.LENGTH)
  private String loginAt = Moment.now();

  @Column(name = "seen_at", length = Moment.LENGTH)
  private String seenAt = Moment.now();

  @Column(name = "closed_at", length = Moment.LENGTH)
  private @Nullable String closedAt;

  @Column(name = "ping_at", length = Moment.LENGTH)
  private @Nullable String pingAt;

  @Column(name = "work_conn_at", length = Moment.LENGTH)
  private @Nullable String workConnAt;

  @Column(name = "user_conn_at", length = Moment.LENGTH)
  private @Nullable String userConnAt;

  @Column(name = "ping_refused_at", length = Moment.LENGTH)
  private @Nullable String pingRefusedAt;

  @Column(name = "work_conn_refused_at", length = Moment.LENGTH)
  private @Nullable String workConnRefusedAt;

  @Column(name = "user_conn_refused_at", length = Moment.LENGTH)
  private @Nullable String userConnRefusedAt;

  @Column(name = "login_refused_at", length = Moment.LENGTH)
  private @Nullable String loginRefusedAt;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected ClientSession() {}

  ClientSession(String runId, AccountIdentity account, NodeIdentity node) {
    this.runId = runId;
    this.accountId = account.id();
    this.accountName = account.name();
    this.nodeId = node.id();
    this.nodeName = node.name();
  }

  /** Whether it is the account's, or becomes it, since that of before was deleted. */
  boolean passesTo(AccountIdentity account) {
    if (isOrphaned()) {
      accountId = account.id();
      accountName = account.name();
    }
    return accountId.equals(account.id());
  }

  private boolean isOrphaned() {
    return accountId.isEmpty();
  }

  long generation() {
    return generation;
  }

  /** The client has logged in (again). */
  void login(Login login, NodeIdentity node) {
    // a row that was forgotten leaves leases, kicks and grants behind: its logins were earlier ones
    generation = generation == 0 ? Instant.now().getEpochSecond() : generation + 1;
    nodeId = node.id();
    nodeName = node.name();
    clientVersion = cut(login.version(), 32);
    os = cut(login.os(), 32);
    arch = cut(login.arch(), 32);
    hostname = cut(login.hostname(), 255);
    clientAddress = cut(login.clientAddress(), 255);
    loginAt = Moment.now();
    seenAt = Moment.now();
    closedAt = null;
  }

  SessionRepresentation representation() {
    return new SessionRepresentation(
        runId,
        accountName,
        nodeName,
        generation,
        clientVersion,
        os,
        arch,
        hostname,
        clientAddress,
        Moment.of(createdAt),
        Moment.of(loginAt),
        Moment.of(seenAt));
  }

  KnownSession known() {
    Map<Rung, OffsetDateTime> came = new EnumMap<>(Rung.class);
    put(came, Rung.PING, pingAt);
    put(came, Rung.NEW_WORK_CONN, workConnAt);
    put(came, Rung.NEW_USER_CONN, userConnAt);
    Map<Rung, OffsetDateTime> refused = new EnumMap<>(Rung.class);
    put(refused, Rung.PING, pingRefusedAt);
    put(refused, Rung.NEW_WORK_CONN, workConnRefusedAt);
    put(refused, Rung.NEW_USER_CONN, userConnRefusedAt);
    put(refused, Rung.LOGIN, loginRefusedAt);
    return new KnownSession(representation(), isOrphaned(), came, refused);
  }

  private static void put(Map<Rung, OffsetDateTime> moments, Rung rung, @Nullable String moment) {
    if (moment != null) {
      moments.put(rung, Moment.of(moment));
    }
  }

  // what a client says of itself may be of any length; PostgreSQL keeps no NUL, and H2 counts a
  // letter beyond the basic plane twice
  private static String cut(String text, int length) {
    String clean = text.replace('\0', '?');
    int end = Math.min(length, clean.length());
    boolean within =
        end > 0 && end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1));
    return clean.substring(0, within ? end - 1 : end);
  }

  @Override
  public String toString() {
    return "ClientSession[" + runId + ", version " + version + "]";
  }
}
