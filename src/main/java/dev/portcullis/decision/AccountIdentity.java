package dev.portcullis.decision;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account that a client was found to be.
 *
 * @param id key of its row; an account made anew under an old name has another id
 * @param name unique; equal to the {@code user} of frpc
 * @param credentialId key of the token that proved it; empty for every other way
 * @param way how it was proved
 * @param until when that proof has served its time; null when it ends only by being taken back
 * @param groups that the account is in by now, those that the company's directory names included
 * @param labels that administrators have put on it
 */
public record AccountIdentity(
    String id,
    String name,
    String credentialId,
    SignInWay way,
    @Nullable OffsetDateTime until,
    Set<String> groups,
    Map<String, String> labels) {

  public AccountIdentity {
    groups = Set.copyOf(groups);
    labels = Map.copyOf(labels);
  }

  /** Of an account in no group, proved by a token. */
  public AccountIdentity(String id, String name, String credentialId) {
    this(id, name, credentialId, SignInWay.TOKEN, null, Set.of(), Map.of());
  }

  /** The same, with what is known of it by now. */
  public AccountIdentity with(Set<String> newGroups, Map<String, String> newLabels) {
    return new AccountIdentity(id, name, credentialId, way, until, newGroups, newLabels);
  }
}
