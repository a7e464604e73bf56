package dev.portcullis.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.database.Changed;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/** Accounts, through a bounded cache; that there is none of a name is cached too. */
@ApplicationScoped
class AccountStore {
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

  Optional<KnownAccount> find(String name) {
    return cache.get(name, rows::known);
  }
}
