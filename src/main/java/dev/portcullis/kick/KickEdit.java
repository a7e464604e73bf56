package dev.portcullis.kick;

import dev.portcullis.admin.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's word to whom is kicked.
 *
 * @param message the reason that the client is told, at most 400 letters on one line; default says
 *     that an administrator did it
 */
public record KickEdit(@Nullable String message) {
  private static final int LONGEST = 400;

  String messageOr(String standard) {
    String text = message == null ? "" : message.strip();
    if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.badRequest(
          "message has more than %d letters, or more than one line".formatted(LONGEST));
    }
    return text.isEmpty() ? standard : text;
  }
}
