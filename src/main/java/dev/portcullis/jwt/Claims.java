package dev.portcullis.jwt;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a token says. A claim of another type than it should have refuses the token. */
final class Claims {
  private static final long YEAR_9999 = 253_370_764_800L;

  private final Map<String, Object> claims;

  Claims(Map<String, Object> claims) {
    this.claims = claims;
  }

  void requireIssuer(String issuer) throws JwtRefusedException {
    if (!issuer.equals(claims.get("iss"))) {
      throw new JwtRefusedException(
          "jwt.issuer", "The token is not of the issuer " + issuer + " (portcullis.jwt.issuer)");
    }
  }

  void requireAudience(Collection<String> audience) throws JwtRefusedException {
    Set<String> named = texts("aud", claims.get("aud"));
    if (audience.stream().noneMatch(named::contains)) {
      throw new JwtRefusedException(
          "jwt.audience",
          "The token is made for somebody else; its audience (aud) must name one of %s (portcullis.jwt.audience)"
              .formatted(String.join(", ", audience)));
    }
  }

  /** When it ends, without the skew. */
  OffsetDateTime requireTime(Instant now, Duration skew) throws JwtRefusedException {
    Instant end = time("exp");
    if (end == null) {
      throw SignedToken.malformed("It does not say when it expires (exp)");
    }
    if (!now.minus(skew).isBefore(end)) {
      throw new JwtRefusedException(
          "jwt.expired", "The token has expired; get a new one from the provider");
    }
    Instant start = time("nbf");
    if (start != null && now.plus(skew).isBefore(start)) {
      throw new JwtRefusedException(
          "jwt.not-yet", "The token is not valid yet; compare the provider's clock with ours");
    }
    return end.atOffset(ZoneOffset.UTC);
  }

  String account(String claim) throws JwtRefusedException {
    if (at(claim) instanceof String account && !account.isBlank()) {
      return account;
    }
    throw new JwtRefusedException(
        "jwt.no-account",
        "The token names no account in %s (portcullis.jwt.account-claim); have the provider put it there as a text"
            .formatted(claim));
  }

  Set<String> groups(String claim) throws JwtRefusedException {
    return texts(claim, at(claim));
  }

  @Nullable String subject() throws JwtRefusedException {
    Object subject = claims.get("sub");
    if (subject == null || subject instanceof String) {
      return (String) subject;
    }
    throw SignedToken.malformed("Its subject (sub) is not a text");
  }

  // a name with dots may be one claim's, such as https://example.com/groups
  private @Nullable Object at(String claim) {
    if (claims.containsKey(claim)) {
      return claims.get(claim);
    }
    Object found = claims;
    for (String name : claim.split("\\.", -1)) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return found;
  }

  private static Set<String> texts(String claim, @Nullable Object value)
      throws JwtRefusedException {
    if (value == null) {
      return Set.of();
    }
    List<?> items = value instanceof List<?> list ? list : List.of(value);
    for (Object item : items) {
      if (!(item instanceof String)) {
        throw SignedToken.malformed(claim + " is neither a text nor a list of texts");
      }
    }
    return items.stream()
        .map(String.class::cast)
        .filter(text -> !text.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  private @Nullable Instant time(String claim) throws JwtRefusedException {
    Object value = claims.get(claim);
    if (value == null) {
      return null;
    }
    // the comparison refuses what is not a number (NaN), too
    if (value instanceof Number seconds
        && seconds.doubleValue() >= 0
        && seconds.doubleValue() < YEAR_9999) {
      return Instant.ofEpochSecond(seconds.longValue());
    }
    throw SignedToken.malformed(claim + " is not a number of seconds since 1970");
  }
}
