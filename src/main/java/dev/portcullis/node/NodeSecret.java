package dev.portcullis.node;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A secret of a node, as its keyed hash. Several are valid at once while one is replaced. */
@Entity
@Table(name = "node_secret")
public class NodeSecret {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "node_id", length = 36)
  private String nodeId = "";

  @Column(name = "hash", length = 64)
  private String hash = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  /** For JPA only. */
  protected NodeSecret() {}

  NodeSecret(Node node, String hash) {
    this.nodeId = node.id();
    this.hash = hash;
  }

  String nodeId() {
    return nodeId;
  }

  String hash() {
    return hash;
  }

  @Nullable OffsetDateTime expiresAt() {
    return expiresAt == null ? null : Moment.of(expiresAt);
  }

  /** Ends at {@code moment}, or earlier where that was set before. */
  void endAt(OffsetDateTime moment) {
    OffsetDateTime known = expiresAt();
    if (known == null || known.isAfter(moment)) {
      expiresAt = Moment.text(moment);
    }
  }

  SecretRepresentation representation() {
    return new SecretRepresentation(id, Moment.of(createdAt), expiresAt(), null);
  }
}
