package dev.portcullis.change;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The last change of one thing. */
@Entity
@Table(name = "change_log")
public class Change {
  @Id
  @Column(name = "id", length = 255)
  private String id = "";

  @Column(name = "revision")
  private long revision;

  /** For JPA only. */
  protected Change() {}

  Change(Changed changed, long revision) {
    this.id = id(changed);
    this.revision = revision;
  }

  static String id(Changed changed) {
    return changed.kind() + ":" + changed.ref();
  }

  Changed changed() {
    int colon = id.indexOf(':');
    return new Changed(Changed.Kind.valueOf(id.substring(0, colon)), id.substring(colon + 1));
  }

  void revision(long newRevision) {
    revision = newRevision;
  }

  long revision() {
    return revision;
  }
}
