package dev.portcullis.lease;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is occupied on a node: unique by node and resource. One of a port outlives its
 * lease, released: the port is held for whoever had it.
 */
@Entity
@Table(name = "lease_claim")
public class Claim {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "node_id", length = 36)
  private String nodeId = "";

  @Column(name = "resource", length = 400)
  private String resource = "";

  @Column(name = "holder", length = 400)
  private String holder = "";

  // none in rows of older versions
  @Column(name = "account_id", length = 36)
  private @Nullable String accountId;

  @Column(name = "released_at", length = Moment.LENGTH)
  private @Nullable String releasedAt;

  /** For JPA only. */
  protected Claim() {}

  /** For the lease of that id, or the group of that key. */
  Claim(String nodeId, String resource, String holder, String accountId) {
    this.nodeId = nodeId;
    this.resource = resource;
    this.holder = holder;
    this.accountId = accountId;
  }

  String resource() {
    return resource;
  }

  String holder() {
    return holder;
  }

  String accountId() {
    return Objects.requireNonNullElse(accountId, "");
  }

  @Nullable String releasedAt() {
    return releasedAt;
  }

  void passTo(String newHolder, String newAccountId) {
    holder = newHolder;
    accountId = newAccountId;
    releasedAt = null;
  }

  /** Nobody uses it from now on. */
  void rest() {
    releasedAt = Moment.now();
  }

  @Override
  public String toString() {
    return "Claim[" + id + ", " + nodeId + "/" + resource + "]";
  }
}
