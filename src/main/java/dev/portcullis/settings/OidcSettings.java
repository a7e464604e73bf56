package dev.portcullis.settings;

/**
 * The OpenID provider that people sign in at.
 *
 * @param issuer {@code portcullis.oidc.issuer}: its address; required with {@code
 *     portcullis.auth=oidc}
 * @param clientId {@code portcullis.oidc.client-id}: what it knows Portcullis by; required too
 * @param clientSecret {@code portcullis.oidc.client-secret}: secret
 * @param audience {@code portcullis.oidc.audience}: whom its tokens must be made for; default the
 *     client id
 * @param groupsClaim {@code portcullis.oidc.groups-claim}: where its tokens name groups
 * @param nameClaim {@code portcullis.oidc.name-claim}: where they name the person
 */
public record OidcSettings(
    String issuer,
    String clientId,
    String clientSecret,
    String audience,
    String groupsClaim,
    String nameClaim) {

  static OidcSettings read(SettingReader reader) {
    String clientId = expressionFree(reader, "portcullis.oidc.client-id", "");
    String issuer = expressionFree(reader, "portcullis.oidc.issuer", "");
    if (!issuer.isEmpty() && !JwtSettings.isIssuer(issuer)) {
      throw JwtSettings.unfit("portcullis.oidc.issuer", "without user, query and fragment");
    }
    return new OidcSettings(
        issuer,
        clientId,
        expressionFree(reader, "portcullis.oidc.client-secret", ""),
        reader.text("portcullis.oidc.audience", clientId),
        expressionFree(reader, "portcullis.oidc.groups-claim", "groups"),
        expressionFree(reader, "portcullis.oidc.name-claim", "preferred_username"));
  }

  // servers take these values for expressions
  private static String expressionFree(SettingReader reader, String key, String standard) {
    String value = reader.text(key, standard);
    if (value.contains("${") || value.contains("#{")) {
      throw new InvalidSettingException(
          key + " holds ${ or #{, which servers take for an expression; choose one without");
    }
    return value;
  }

  void requireComplete() {
    require("portcullis.oidc.issuer", issuer, "the address of the OpenID provider");
    require("portcullis.oidc.client-id", clientId, "what the OpenID provider knows Portcullis by");
  }

  private static void require(String key, String value, String what) {
    if (value.isEmpty()) {
      throw new InvalidSettingException(
          "With portcullis.auth=oidc set %s (or the environment variable %s) to %s"
              .formatted(key, SettingReader.variable(key), what));
    }
  }

  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
  }
}
