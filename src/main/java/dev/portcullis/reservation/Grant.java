package dev.portcullis.reservation;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something that an account owns. */
@Entity
@Table(name = "account_grant")
public class Grant {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", length = 16)
  private GrantKind kind = GrantKind.TCP_PORT;

  @Column(name = "grant_value", length = 255)
  private String value = "";

  @Column(name = "is_exclusive")
  private boolean exclusive;

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  /** For JPA only. */
  protected Grant() {}

  Grant(String accountId, GrantKind kind, String value, boolean exclusive) {
    this.exclusive = exclusive;
    this.accountId = accountId;
    this.kind = kind;
    this.value = value;
  }

  String id() {
    return id;
  }

  boolean exclusive() {
    return exclusive;
  }

  String accountId() {
    return accountId;
  }

  GrantKind kind() {
    return kind;
  }

  String value() {
    return value;
  }

  GrantRepresentation representation() {
    return new GrantRepresentation(id, kind.word(), value, exclusive, Moment.of(createdAt));
  }
}
