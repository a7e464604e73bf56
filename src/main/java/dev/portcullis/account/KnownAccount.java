package dev.portcullis.account;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.group.SignInWays;
import dev.portcullis.secret.Secrets;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decisions need to know of an account; immutable, so that it can be cached.
 *
 * @param groups those that administrators have put it into
 * @param directoryGroups those that the company's directory named at its last sign-in
 * @param labels that administrators have put on it
 * @param signIn ways to sign in that are open to it; null when groups and settings say so
 * @param credentials its tokens
 */
public record KnownAccount(
    String id,
    String name,
    boolean enabled,
    @Nullable OffsetDateTime expiresAt,
    Set<String> groups,
    Set<String> directoryGroups,
    Map<String, String> labels,
    @Nullable SignInWays signIn,
    List<Key> credentials) {

  public KnownAccount {
    groups = Set.copyOf(groups);
    directoryGroups = Set.copyOf(directoryGroups);
    labels = Map.copyOf(labels);
    credentials = List.copyOf(credentials);
  }

  /** A token. */
  public record Key(String id, String hash, @Nullable OffsetDateTime expiresAt) {
    public boolean expired(OffsetDateTime now) {
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
        account.groups(),
        account.directoryGroups(),
        account.labels(),
        account.signIn(),
        credentials.stream().map(c -> new Key(c.id(), c.hash(), c.expiresAt())).toList());
  }

  /** One that there is not yet: nothing but its name and what the directory says. */
  public static KnownAccount newcomer(String name, Set<String> directoryGroups) {
    return new KnownAccount(
        "", name, true, null, Set.of(), directoryGroups, Map.of(), null, List.of());
  }

  /** The same, had the directory just said so. */
  public KnownAccount withDirectoryGroups(Set<String> newGroups) {
    return new KnownAccount(
        id, name, enabled, expiresAt, groups, newGroups, labels, signIn, credentials);
  }

  /** The credential of that hash; looks at every one, whichever fits. */
  public Optional<Key> byHash(String hash) {
    Key found = null;
    for (Key key : credentials) {
      if (Secrets.same(key.hash(), hash)) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  public Optional<Key> byId(String credentialId) {
    return credentials.stream().filter(key -> key.id().equals(credentialId)).findFirst();
  }

  public boolean expired(OffsetDateTime now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /** All groups that it is in. */
  public Set<String> allGroups() {
    if (directoryGroups.isEmpty()) {
      return groups;
    }
    Set<String> all = new HashSet<>(groups);
    all.addAll(directoryGroups);
    return all;
  }

  /** Itself, proved in that way. */
  public AccountIdentity identity(
      String credentialId, SignInWay way, @Nullable OffsetDateTime until) {
    return new AccountIdentity(id, name, credentialId, way, until, allGroups(), labels);
  }

  /** An identity that was proved before, with what is known of it by now. */
  public AccountIdentity known(AccountIdentity proved) {
    return proved.with(allGroups(), labels);
  }
}
