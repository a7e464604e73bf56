package dev.portcullis.jwt;

import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says that the provider has signed.
 *
 * @param account by {@code portcullis.jwt.account-claim}; nobody has looked yet whether there is
 *     such an account
 * @param groups by {@code portcullis.jwt.groups-claim}; none when the token has no such claim
 * @param expiresAt in UTC, without the clock skew
 * @param subject the provider's own id of whom the token is about, if it says so
 */
public record VerifiedJwt(
    String account, Set<String> groups, OffsetDateTime expiresAt, @Nullable String subject) {

  public VerifiedJwt {
    groups = Set.copyOf(groups);
  }
}
