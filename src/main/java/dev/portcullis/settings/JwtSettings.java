package dev.portcullis.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose JSON web tokens count, and what is read in them.
 *
 * @param issuer {@code portcullis.jwt.issuer}: the provider's name, as its tokens and its discovery
 *     document write it; without one no token counts
 * @param audience {@code portcullis.jwt.audience}: a token must be made for one of these; required
 *     with an issuer
 * @param jwksUrl {@code portcullis.jwt.jwks-url}: where the provider shows its keys; empty when its
 *     discovery document says so
 * @param accountClaim {@code portcullis.jwt.account-claim}: where a token names the account
 * @param groupsClaim {@code portcullis.jwt.groups-claim}: where it names groups; dots walk into
 *     objects
 * @param clockSkew {@code portcullis.jwt.clock-skew}: how far the provider's clock may be from ours
 * @param timeout {@code portcullis.jwt.timeout}: how long the provider may take to connect, and to
 *     answer; nobody waits longer for its keys
 */
public record JwtSettings(
    String issuer,
    List<String> audience,
    String jwksUrl,
    String accountClaim,
    String groupsClaim,
    Duration clockSkew,
    Duration timeout) {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  public JwtSettings {
    audience = List.copyOf(audience);
  }

  static JwtSettings read(SettingReader reader) {
    String issuer = reader.text("portcullis.jwt.issuer", "");
    if (!issuer.isEmpty() && !isIssuer(issuer)) {
      throw unfit("portcullis.jwt.issuer", "without user, query and fragment");
    }
    String audience = reader.text("portcullis.jwt.audience", "");
    if (!issuer.isEmpty() && audience.isEmpty()) {
      throw new InvalidSettingException(
          "With portcullis.jwt.issuer set portcullis.jwt.audience (or the environment variable %s) to whom its tokens must be made for, for example frps; several with a comma between two"
              .formatted(SettingReader.variable("portcullis.jwt.audience")));
    }
    String jwksUrl = reader.text("portcullis.jwt.jwks-url", "");
    if (!jwksUrl.isEmpty() && !isFit(jwksUrl)) {
      throw unfit("portcullis.jwt.jwks-url", "without user and fragment");
    }
    return new JwtSettings(
        issuer,
        audience.isEmpty() ? List.of() : reader.list("portcullis.jwt.audience"),
        jwksUrl,
        reader.text("portcullis.jwt.account-claim", "preferred_username"),
        reader.text("portcullis.jwt.groups-claim", "groups"),
        reader.duration("portcullis.jwt.clock-skew", "PT30S", Duration.ZERO),
        reader.duration("portcullis.jwt.timeout", "PT0.5S", Duration.ofMillis(50)));
  }

  // the value is not repeated, since it may hold a password
  static InvalidSettingException unfit(String key, String without) {
    return new InvalidSettingException(
        "%s is not an address whose keys can be trusted; write an https address such as https://sso.example.com/realms/company, %s; http only where the host is this machine (localhost, 127.0.0.1 or [::1])"
            .formatted(key, without));
  }

  static boolean isIssuer(String address) {
    return isFit(address) && !address.contains("?");
  }

  /**
   * Whether keys fetched there can be trusted: {@code https}, or {@code http} on this machine, and
   * no user or fragment.
   */
  public static boolean isFit(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String host = uri.getHost();
    return host != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && ("https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme()) && THIS_MACHINE.matcher(host).matches()));
  }
}
