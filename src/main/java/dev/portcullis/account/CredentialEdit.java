package dev.portcullis.account;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's wish for a credential.
 *
 * @param label for people; default {@code token}
 * @param expiresAt when it ends; default no end
 * @param token a token that is in use already, to keep clients' configurations when moving to
 *     Portcullis, 8 to 200 letters; default a new random one
 */
public record CredentialEdit(
    @Nullable String label, @Nullable String expiresAt, @Nullable String token) {

  String labelOrDefault() {
    String text = label == null || label.isBlank() ? "token" : label;
    if (text.length() > 64) {
      throw ProblemException.badRequest("label has more than 64 letters");
    }
    return text;
  }

  String tokenOr(String fresh) {
    if (token == null) {
      return fresh;
    }
    if (token.length() < 8 || token.length() > 200) {
      throw ProblemException.badRequest(
          "token has %d letters; give 8 to 200, or leave it out for a random one"
              .formatted(token.length()));
    }
    return token;
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "CredentialEdit[label=" + label + "]";
  }
}
