package dev.portcullis.revision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** The one row that says which revision counts; whoever saves or chooses holds its lock. */
@Entity
@Table(name = "policy_choice")
public class PolicyChoice {
  static final String ONLY = "global";

  @Id
  @Column(name = "id", length = 36)
  private String id = ONLY;

  @Column(name = "active")
  private long active;

  @Column(name = "shadow")
  private long shadow;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected PolicyChoice() {}

  /** The number of the active revision; 0 for none. */
  long active() {
    return active;
  }

  /** The number of the revision in shadow; 0 for none. */
  long shadow() {
    return shadow;
  }

  void activate(long number) {
    active = number;
  }

  void tryInShadow(long number) {
    shadow = number;
  }

  @Override
  public String toString() {
    return "PolicyChoice[%s, active %d, shadow %d, version %d]"
        .formatted(id, active, shadow, version);
  }
}
