package dev.portcullis.node;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A frps that may ask. */
@Entity
@Table(name = "node")
public class Node {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "name", length = 64)
  private String name = "";

  @Column(name = "description", length = 400)
  private String description = "";

  @Column(name = "enabled")
  private boolean enabled = true;

  @Column(name = "meta_authentication")
  private boolean metaAuthentication = true;

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected Node() {}

  Node(String name) {
    this.name = name;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean enabled() {
    return enabled;
  }

  boolean metaAuthentication() {
    return metaAuthentication;
  }

  void describe(String newDescription) {
    description = newDescription;
  }

  void enable(boolean nowEnabled) {
    enabled = nowEnabled;
  }

  void authenticateByMetas(boolean allowed) {
    metaAuthentication = allowed;
  }

  NodeRepresentation representation() {
    return new NodeRepresentation(
        name, description, enabled, metaAuthentication, Moment.of(createdAt), null);
  }

  @Override
  public String toString() {
    return "Node[" + name + ", version " + version + "]";
  }
}
