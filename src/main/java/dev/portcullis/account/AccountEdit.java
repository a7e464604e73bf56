package dev.portcullis.account;

import dev.portcullis.admin.Moment;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.group.GroupStore;
import dev.portcullis.group.SignInWays;
import dev.portcullis.reservation.GrantEdit;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator sets on an account; an absent member stays as it is, or takes its default.
 *
 * @param name for a new account only
 * @param description at most 400 letters; default empty
 * @param enabled default true
 * @param expiresAt when it ends; empty text takes the end away; default no end
 * @param groups those to put it into, in place of those before; default none. What the directory
 *     says stands beside it
 * @param labels to put on it, in place of those before; default none
 * @param signIn ways to sign in that are open to it: {@code token}, {@code password}, {@code jwt},
 *     {@code ssh}; an empty list leaves it to groups and settings, which is the default
 * @param grants for a new account only
 * @param credentials for a new account only
 */
public record AccountEdit(
    @Nullable String name,
    @Nullable String description,
    @Nullable Boolean enabled,
    @Nullable String expiresAt,
    @Nullable List<String> groups,
    @Nullable Map<String, String> labels,
    @Nullable List<String> signIn,
    @Nullable List<GrantEdit> grants,
    @Nullable List<CredentialEdit> credentials) {

  // no dots: with them user "a.b" and proxy "c" would be user "a" and proxy "b.c"
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,62}");

  private static final int MOST_GROUPS = 200;

  /** Whether an account can be called so. */
  static boolean isName(String name) {
    return name.length() <= 63 && NAME.matcher(name).matches();
  }

  String newName() {
    if (name == null || !isName(name)) {
      throw ProblemException.badRequest(
          "Give a name of 1 to 63 letters, digits, hyphens and underscores: {\"name\":\"alice\"}");
    }
    return name;
  }

  List<GrantEdit> newGrants() {
    return grants == null ? List.of() : grants;
  }

  List<CredentialEdit> newCredentials() {
    return credentials == null ? List.of() : credentials;
  }

  void refuseFixedMembers() {
    if (name != null || grants != null || credentials != null) {
      throw ProblemException.badRequest(
          "An account's name stays; change grants and credentials at .../grants and .../credentials");
    }
  }

  void applyTo(Account account) {
    if (description != null) {
      if (description.length() > 400) {
        throw ProblemException.badRequest("description has more than 400 letters");
      }
      account.describe(description);
    }
    if (enabled != null) {
      account.enable(enabled);
    }
    if (expiresAt != null) {
      account.expireAt(moment(expiresAt));
    }
    if (groups != null) {
      if (groups.size() > MOST_GROUPS) {
        throw ProblemException.badRequest("groups has more than %d names".formatted(MOST_GROUPS));
      }
      account.join(GroupStore.names(groups));
    }
    if (labels != null) {
      account.label(Labels.checked(labels));
    }
    if (signIn != null) {
      account.open(SignInWays.of(signIn));
    }
  }

  static @Nullable OffsetDateTime moment(@Nullable String text) {
    return Moment.parse(text);
  }
}
