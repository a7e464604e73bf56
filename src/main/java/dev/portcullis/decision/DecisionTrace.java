package dev.portcullis.decision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the policies found on the way; the one thing that a chain passes outwards beside its answer.
 */
public final class DecisionTrace {
  // read by the thread that gives up waiting for a late decision
  private volatile @Nullable AccountIdentity account;

  void identified(AccountIdentity identity) {
    account = identity;
  }

  /** The account, once a policy has found it. */
  public Optional<AccountIdentity> account() {
    return Optional.ofNullable(account);
  }
}
