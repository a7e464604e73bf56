package dev.portcullis.reservation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.change.Changed;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** What accounts own. */
@ApplicationScoped
public class GrantStore {
  private GrantRows rows;
  private Cache<String, GrantSet> cache;

  /** For the container's proxy only. */
  protected GrantStore() {}

  @Inject
  GrantStore(GrantRows rows, Settings settings) {
    this.rows = rows;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.GRANTS) {
      cache.invalidate(changed.ref());
    }
  }

  /** All that an account owns; from memory when it was asked before. */
  public GrantSet of(String accountId) {
    return cache.get(accountId, id -> new GrantSet(rows.of(id)));
  }

  /**
   * Some grants with the names of their owners, from the database.
   *
   * @param accounts whose; those of anybody where it is empty
   */
  public List<OwnedGrant> some(Set<String> accounts, int most) {
    return rows.some(accounts, most);
  }

  /** The grants one by one, in the order in which they were given. */
  public List<GrantRepresentation> list(String accountId) {
    return rows.of(accountId).stream().map(Grant::representation).toList();
  }

  /**
   * Gives a grant, in the caller's transaction if there is one.
   *
   * @param actor the administrator's name, for the audit log
   * @throws dev.portcullis.admin.ProblemException 400 for a wish that can't be read
   */
  public GrantRepresentation add(
      String accountId, String accountName, GrantEdit wish, String actor) {
    Grant grant = wish.grantFor(accountId);
    rows.add(grant, accountName, actor);
    return grant.representation();
  }

  /** Takes a grant away; false when the account has no such grant. */
  public boolean remove(String accountId, String accountName, String grantId, String actor) {
    return rows.remove(accountId, accountName, grantId, actor);
  }

  /** Takes all grants of an account away, in the caller's transaction. */
  public void removeAll(String accountId) {
    rows.removeAll(accountId);
  }
}
