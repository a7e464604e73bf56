package dev.portcullis.signin;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.decision.SignInWay;
import dev.portcullis.group.GroupStore;
import dev.portcullis.group.SignInWays;
import dev.portcullis.settings.Settings;
import dev.portcullis.settings.SignInSettings;
import dev.portcullis.settings.SignInSettings.FirstLogin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/** Which ways are open to an account, and what becomes of users who have none. */
@ApplicationScoped
class Admission {
  private AccountStore accounts;
  private GroupStore groups;
  private SignInSettings settings;

  /** For the container's proxy only. */
  protected Admission() {}

  @Inject
  Admission(AccountStore accounts, GroupStore groups, Settings settings) {
    this.accounts = accounts;
    this.groups = groups;
    this.settings = settings.signIn();
  }

  /** Whether the way is open: by the account, else by a group of its, else by setting. */
  boolean isOpen(KnownAccount account, SignInWay way) {
    SignInWays own = account.signIn();
    if (own != null) {
      return own.open().contains(way);
    }
    boolean said = false;
    for (String group : account.allGroups()) {
      Optional<SignInWays> ways = groups.signIn(group);
      if (ways.isPresent() && ways.get().open().contains(way)) {
        return true;
      }
      said |= ways.isPresent();
    }
    return !said && settings.ways().contains(way);
  }

  /** Whether the way can be open, whatever groups the directory is about to name. */
  boolean mayOpen(KnownAccount account, SignInWay way) {
    SignInWays own = account.signIn();
    return own == null || own.open().contains(way);
  }

  /** Whether a user of that name would be given an account. */
  boolean isForNewcomer(String user) {
    return settings.firstLogin() == FirstLogin.CREATE && AccountStore.isName(user);
  }

  /**
   * The account of a user as it is with this proof; one that there is not yet has no id.
   *
   * @return empty when there is none, and none would be made
   */
  Optional<KnownAccount> account(String user, Proof.Proved proof) {
    Optional<KnownAccount> account =
        user.length() > SignIn.LONGEST_USER ? Optional.empty() : accounts.find(user);
    Set<String> named = proof.groups();
    if (named == null) {
      return account;
    }
    if (account.isPresent()) {
      return account.map(known -> known.withDirectoryGroups(named));
    }
    return isForNewcomer(user) ? Optional.of(KnownAccount.newcomer(user, named)) : Optional.empty();
  }

  /** Writes down what the proof has taught of an account that is admitted. */
  Optional<KnownAccount> admitted(KnownAccount account, Proof.Proved proof) {
    Set<String> named = proof.groups();
    if (named == null) {
      return Optional.of(account);
    }
    Optional<KnownAccount> known = accounts.find(account.name());
    if (known.isEmpty()) {
      accounts.welcome(account.name(), proof.way(), named);
    } else if (!known.get().directoryGroups().equals(named)) {
      accounts.learn(account.name(), named);
    } else {
      return known;
    }
    return accounts.find(account.name());
  }
}
