package dev.portcullis.token;

import dev.portcullis.database.Moment;
import dev.portcullis.database.RowId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token of a browser's session or of a machine, as its keyed hash. */
@Entity
@Table(name = "access_token")
public class AccessToken {
  private static final int LONGEST_NAME = 255;

  @Id
  @Column(name = "id", length = 36)
  private String id = RowId.next();

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", length = 16)
  private TokenKind kind = TokenKind.API;

  @Column(name = "name", length = LONGEST_NAME)
  private String name = "";

  @Column(name = "roles", length = 255)
  private String roles = "";

  @Column(name = "hash", length = 64)
  private String hash = "";

  @Column(name = "created_by", length = LONGEST_NAME)
  private String createdBy = "";

  @Column(name = "created_at", length = Moment.LENGTH)
  private String createdAt = Moment.now();

  @Column(name = "expires_at", length = Moment.LENGTH)
  private @Nullable String expiresAt;

  @Column(name = "last_used_at", length = Moment.LENGTH)
  private @Nullable String lastUsedAt;

  /** For JPA only. */
  protected AccessToken() {}

  private AccessToken(
      TokenKind kind, String name, List<String> roles, String hash, String createdBy) {
    this.kind = kind;
    this.name = cut(name);
    this.roles = String.join(",", roles);
    this.hash = hash;
    this.createdBy = cut(createdBy);
  }

  static AccessToken ofMachine(
      String label, String role, String hash, String createdBy, @Nullable OffsetDateTime end) {
    AccessToken token = new AccessToken(TokenKind.API, label, List.of(role), hash, createdBy);
    token.expiresAt = end == null ? null : Moment.text(end);
    return token;
  }

  static AccessToken ofSession(String person, List<String> roles, String hash, OffsetDateTime end) {
    AccessToken token = new AccessToken(TokenKind.SESSION, person, roles, hash, person);
    token.expiresAt = Moment.text(end);
    token.lastUsedAt = token.createdAt;
    return token;
  }

  // names of people come from a directory, which may know longer ones
  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  String id() {
    return id;
  }

  TokenKind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  List<String> roles() {
    return roles.isEmpty() ? List.of() : List.of(roles.split(",", -1));
  }

  String hash() {
    return hash;
  }

  @Nullable OffsetDateTime expiresAt() {
    return expiresAt == null ? null : Moment.of(expiresAt);
  }

  @Nullable OffsetDateTime lastUsedAt() {
    return lastUsedAt == null ? null : Moment.of(lastUsedAt);
  }

  AccessTokenRepresentation representation() {
    return new AccessTokenRepresentation(
        id,
        kind.name(),
        name,
        roles(),
        createdBy,
        Moment.of(createdAt),
        expiresAt(),
        lastUsedAt(),
        null);
  }

  @Override
  public String toString() {
    return "AccessToken[" + id + ", " + kind + "]";
  }
}
