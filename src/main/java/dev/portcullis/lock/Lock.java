package dev.portcullis.lock;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Somebody or something is held off, until a moment or until it is lifted. Never changed. */
@Entity
@Table(name = "access_lock")
public class Lock {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", length = 16)
  private LockKind kind = LockKind.ACCOUNT;

  @Column(name = "target", length = 255)
  private String target = "";

  @Column(name = "node_name", length = 64)
  private String nodeName = "";

  @Column(name = "message", length = 400)
  private String message = "";

  @Column(name = "author", length = 255)
  private String author = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  /** For JPA only. */
  protected Lock() {}

  /** On a target; {@code nodeName} is empty but for proxies of one node. */
  Lock(
      LockKind kind,
      String target,
      String nodeName,
      String message,
      String author,
      @Nullable OffsetDateTime expiresAt) {
    this.kind = kind;
    this.target = target;
    this.nodeName = nodeName;
    this.message = message;
    this.author = author;
    this.expiresAt = expiresAt == null ? null : Moment.text(expiresAt);
  }

  LockKind kind() {
    return kind;
  }

  String target() {
    return target;
  }

  /** Name of the node that it is on, or counts on alone; empty for neither. */
  String node() {
    return kind == LockKind.NODE ? target : nodeName;
  }

  KnownLock known() {
    return new KnownLock(
        representation(),
        kind,
        target,
        nodeName,
        message,
        expiresAt == null ? null : Moment.of(expiresAt));
  }

  LockRepresentation representation() {
    return new LockRepresentation(
        id,
        kind == LockKind.ACCOUNT ? target : null,
        kind == LockKind.GROUP ? target : null,
        kind == LockKind.ADDRESS ? target : null,
        kind == LockKind.PROXY ? target : null,
        node().isEmpty() ? null : node(),
        message,
        author,
        Moment.of(createdAt),
        expiresAt == null ? null : Moment.of(expiresAt));
  }

  /** What it is on, for the audit log. */
  String what() {
    return kind.word() + " " + target + (nodeName.isEmpty() ? "" : " on " + nodeName);
  }

  @Override
  public String toString() {
    return "Lock[" + id + ", " + what() + "]";
  }
}
