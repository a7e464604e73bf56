package dev.portcullis.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.change.Changed;
import dev.portcullis.database.LostRace;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Accounts, through a bounded cache; that there is none of a name is cached too. */
@ApplicationScoped
public class AccountStore {
  private AccountRows rows;
  private Cache<String, Optional<KnownAccount>> cache;

  /** For the container's proxy only. */
  protected AccountStore() {}

  @Inject
  AccountStore(AccountRows rows, Settings settings) {
    this.rows = rows;
    this.cache = Caffeine.newBuilder().maximumSize(settings.accountCache()).build();
  }

  void changed(@Observes Changed changed) {
    if (changed.kind() == Changed.Kind.ACCOUNT) {
      // waits for a reading that is under way, so that it can't bring the old state back
      cache.invalidate(changed.ref());
    }
  }

  /** The account of that name; from memory when it was asked for before. */
  public Optional<KnownAccount> find(String name) {
    return cache.get(name, rows::known);
  }

  /** Whether an account can be called so. */
  public static boolean isName(String name) {
    return AccountEdit.isName(name);
  }

  /** Writes down which groups the company's directory names for an account, if that is news. */
  public void learn(String name, Set<String> groups) {
    LostRace.retried(() -> rows.learn(name, groups));
    forget(name);
  }

  /** Makes an account for somebody whom the company's directory knows, unless there is one. */
  public void welcome(String name, SignInWay way, Set<String> groups) {
    LostRace.retried(() -> rows.welcome(name, way, groups));
    forget(name);
  }

  // where another login, perhaps at another replica, was quicker, its word may not be here yet
  private void forget(String name) {
    cache.invalidate(name);
  }
}
