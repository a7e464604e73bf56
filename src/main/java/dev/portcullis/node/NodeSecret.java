package dev.portcullis.node;

import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

  @Column(name = "created_at")
  private OffsetDateTime createdAt =
      OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);

  @Column(name = "expires_at")
  private @Nullable OffsetDateTime expiresAt;

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
    return expiresAt;
  }

  /** Ends at {@code moment}, or earlier where that was set before. */
  void endAt(OffsetDateTime moment) {
    if (expiresAt == null || expiresAt.isAfter(moment)) {
      expiresAt = moment.truncatedTo(ChronoUnit.MICROS);
    }
  }

  SecretRepresentation representation() {
    return new SecretRepresentation(id, createdAt, expiresAt, null);
  }
}
