package dev.portcullis.decision;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the policies found on the way; the one thing that a chain passes outwards beside its answer.
 */
public final class DecisionTrace {
  private final String decisionId = DecisionId.next();

  // read by the thread that gives up waiting for a late decision
  private volatile @Nullable AccountIdentity account;
  private volatile @Nullable SessionIdentity session;
  private volatile Judged judged = new Judged(0, () -> "");

  private record Judged(long policyRevision, Supplier<String> facts) {}

  // opaque: this room knows no policy
  private volatile @Nullable Object kept;

  void identified(AccountIdentity identity) {
    account = identity;
  }

  void admitted(SessionIdentity identity) {
    session = identity;
  }

  /**
   * Notes what the question is judged by, in place of what was noted before.
   *
   * @param policyRevision the number of the policy document's revision; 0 for none
   * @param facts the facts as JSON, without secrets; asked only where they are recorded
   */
  public void judgedBy(long policyRevision, Supplier<String> facts) {
    judged = new Judged(policyRevision, facts);
  }

  /**
   * What was kept the first time, so that all policies of one question judge by the same. One kind
   * of thing is kept.
   *
   * @param now what to keep where nothing was
   */
  public <T> T keep(Class<T> kind, Supplier<T> now) {
    Object known = kept;
    if (known == null) {
      known = now.get();
      kept = known;
    }
    return kind.cast(known);
  }

  /** See {@link DecisionId}. */
  public String decisionId() {
    return decisionId;
  }

  /** The account, once a policy has found it. */
  public Optional<AccountIdentity> account() {
    return Optional.ofNullable(account);
  }

  /** The session, once a policy has found it. */
  public Optional<SessionIdentity> session() {
    return Optional.ofNullable(session);
  }

  /** The revision of the policy document; 0 for none. */
  public long policyRevision() {
    return judged.policyRevision();
  }

  /** The facts as JSON; empty where none were noted. */
  public String facts() {
    return judged.facts().get();
  }
}
