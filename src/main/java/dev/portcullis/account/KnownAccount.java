package dev.portcullis.account;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.secret.Secrets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What decisions need to know of an account; immutable, so that it can be cached. */
record KnownAccount(
    String id,
    String name,
    boolean enabled,
    @Nullable OffsetDateTime expiresAt,
    List<Key> credentials) {

  /** A credential. */
  record Key(String id, String hash, @Nullable OffsetDateTime expiresAt) {
    boolean expired(OffsetDateTime now) {
      return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Leaves out the hash. */
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  static KnownAccount of(Account account, List<Credential> credentials) {
    return new KnownAccount(
        account.id(),
        account.name(),
        account.enabled(),
        account.expiresAt(),
        credentials.stream().map(c -> new Key(c.id(), c.hash(), c.expiresAt())).toList());
  }

  /** The credential of that hash; looks at every one, whichever fits. */
  Optional<Key> byHash(String hash) {
    Key found = null;
    for (Key key : credentials) {
      if (Secrets.same(key.hash(), hash)) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  Optional<Key> byId(String credentialId) {
    return credentials.stream().filter(key -> key.id().equals(credentialId)).findFirst();
  }

  boolean expired(OffsetDateTime now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  AccountIdentity identity(Key key) {
    return new AccountIdentity(id, name, key.id());
  }
}
