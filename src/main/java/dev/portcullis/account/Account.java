package dev.portcullis.account;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Somebody who may publish through frp. */
@Entity
@Table(name = "account")
public class Account {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "name", length = 64)
  private String name = "";

  @Column(name = "description", length = 400)
  private String description = "";

  @Column(name = "enabled")
  private boolean enabled = true;

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA only. */
  protected Account() {}

  Account(String name) {
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

  @Nullable OffsetDateTime expiresAt() {
    return expiresAt == null ? null : Moment.of(expiresAt);
  }

  void describe(String newDescription) {
    description = newDescription;
  }

  void enable(boolean nowEnabled) {
    enabled = nowEnabled;
  }

  /** Ends at {@code moment}; null for no end. */
  void expireAt(@Nullable OffsetDateTime moment) {
    expiresAt = moment == null ? null : Moment.text(moment);
  }

  AccountRepresentation representation() {
    return new AccountRepresentation(
        name, description, enabled, expiresAt(), Moment.of(createdAt), null, null);
  }

  @Override
  public String toString() {
    return "Account[" + name + ", version " + version + "]";
  }
}
