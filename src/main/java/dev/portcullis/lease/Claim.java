package dev.portcullis.lease;

import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something that is occupied on a node: unique by node and resource. */
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

  /** For JPA only. */
  protected Claim() {}

  /** For the lease of that id, or the group of that key. */
  Claim(String nodeId, String resource, String holder) {
    this.nodeId = nodeId;
    this.resource = resource;
    this.holder = holder;
  }

  String resource() {
    return resource;
  }

  String holder() {
    return holder;
  }

  void passTo(String newHolder) {
    holder = newHolder;
  }

  @Override
  public String toString() {
    return "Claim[" + id + ", " + nodeId + "/" + resource + "]";
  }
}
