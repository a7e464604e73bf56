package dev.portcullis.group;

import dev.portcullis.admin.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of a group, as a whole.
 *
 * @param description at most 400 letters; default empty
 * @param signIn ways to sign in that it opens to its accounts: {@code token}, {@code password},
 *     {@code jwt}, {@code ssh}; default none, which says nothing
 */
public record GroupEdit(@Nullable String description, @Nullable List<String> signIn) {

  boolean saysNothing() {
    return description == null && signIn == null;
  }

  void applyTo(AccountGroup group) {
    String text = description == null ? "" : description;
    if (text.length() > 400) {
      throw ProblemException.badRequest("description has more than 400 letters");
    }
    group.set(text, signIn == null ? null : SignInWays.of(signIn));
  }
}
