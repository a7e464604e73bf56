package dev.portcullis.token;

import dev.portcullis.admin.Caller;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A token in memory. Safe for use by many threads. */
final class KnownToken {
  private final String id;
  private final TokenKind kind;
  private final Caller caller;
  private final @Nullable OffsetDateTime expiresAt;
  private volatile @Nullable OffsetDateTime lastUsedAt;

  KnownToken(AccessToken row) {
    this.id = row.id();
    this.kind = row.kind();
    this.caller =
        kind == TokenKind.SESSION
            ? new Caller(row.name(), row.roles(), "session")
            // so that no label passes for a person's name
            : new Caller("token:" + row.name(), row.roles(), "token");
    this.expiresAt = row.expiresAt();
    this.lastUsedAt = row.lastUsedAt();
  }

  String id() {
    return id;
  }

  TokenKind kind() {
    return kind;
  }

  Caller caller() {
    return caller;
  }

  boolean hasExpired(OffsetDateTime now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Whether it is a session that has not been used for so long. */
  boolean isIdle(OffsetDateTime now, Duration limit) {
    OffsetDateTime used = lastUsedAt;
    return kind == TokenKind.SESSION && used != null && !now.isBefore(used.plus(limit));
  }

  void use(OffsetDateTime now) {
    lastUsedAt = now;
  }
}
