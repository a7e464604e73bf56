package dev.portcullis.account;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A token of an account, as its keyed hash. */
@Entity
@Table(name = "credential")
public class Credential {
  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Column(name = "account_id", length = 36)
  private String accountId = "";

  @Column(name = "label", length = 64)
  private String label = "";

  @Column(name = "hash", length = 64)
  private String hash = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  /** For JPA only. */
  protected Credential() {}

  Credential(String accountId, String label, String hash, @Nullable OffsetDateTime expiresAt) {
    this.accountId = accountId;
    this.label = label;
    this.hash = hash;
    this.expiresAt = expiresAt == null ? null : Moment.text(expiresAt);
  }

  String id() {
    return id;
  }

  String accountId() {
    return accountId;
  }

  String hash() {
    return hash;
  }

  @Nullable OffsetDateTime expiresAt() {
    return expiresAt == null ? null : Moment.of(expiresAt);
  }

  CredentialRepresentation representation() {
    return new CredentialRepresentation(id, label, Moment.of(createdAt), expiresAt(), null);
  }
}
