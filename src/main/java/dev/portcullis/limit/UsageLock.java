package dev.portcullis.limit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row that whoever counts what an account holds has locked, by writing it. */
@Entity
@Table(name = "usage_lock")
public class UsageLock {
  @Id
  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "counted")
  private long counted = 1;

  /** For JPA only. */
  protected UsageLock() {}

  UsageLock(String accountId) {
    this.accountId = accountId;
  }

  @Override
  public String toString() {
    return "UsageLock[" + accountId + ", counted " + counted + "]";
  }
}
