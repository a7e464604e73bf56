package dev.portcullis.change;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row that counts changes; whoever changes something holds its lock until the commit. */
@Entity
@Table(name = "revision")
public class Revision {
  static final String ONLY = "global";

  @Id
  @Column(name = "id", length = 36)
  private String id = ONLY;

  @Column(name = "revision")
  private long revision;

  /** For JPA only. */
  protected Revision() {}

  long next() {
    return ++revision;
  }

  long revision() {
    return revision;
  }

  @Override
  public String toString() {
    return id + "@" + revision;
  }
}
