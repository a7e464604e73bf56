package dev.portcullis.account;

import dev.portcullis.reservation.GrantRepresentation;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as the admin API shows it.
 *
 * @param name unique; equal to the {@code user} of frpc
 * @param description for people
 * @param enabled whether it may do anything at all
 * @param expiresAt UTC; null when it has no end
 * @param groups those that administrators have put it into
 * @param directoryGroups those that the company's directory named at its last sign-in
 * @param labels that administrators have put on it
 * @param signIn ways to sign in that are open to it; null when its groups and the settings say so
 * @param createdAt UTC
 * @param grants in the answer that makes the account and that for one account; else null
 * @param credentials as {@code grants}; with their tokens only in the answer that makes them
 */
public record AccountRepresentation(
    String name,
    String description,
    boolean enabled,
    @Nullable OffsetDateTime expiresAt,
    List<String> groups,
    List<String> directoryGroups,
    Map<String, String> labels,
    @Nullable List<String> signIn,
    OffsetDateTime createdAt,
    @Nullable List<GrantRepresentation> grants,
    @Nullable List<CredentialRepresentation> credentials) {

  AccountRepresentation with(
      List<GrantRepresentation> newGrants, List<CredentialRepresentation> newCredentials) {
    return new AccountRepresentation(
        name,
        description,
        enabled,
        expiresAt,
        groups,
        directoryGroups,
        labels,
        signIn,
        createdAt,
        newGrants,
        newCredentials);
  }
}
