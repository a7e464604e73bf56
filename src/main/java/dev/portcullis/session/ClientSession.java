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

  boolean belongsTo(AccountIdentity account) {
    return accountId.equals(account.id());
  }

  long generation() {
    return generation;
  }

  /** The client has logged in (again). */
  void login(Login login, NodeIdentity node) {
    generation++;
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
