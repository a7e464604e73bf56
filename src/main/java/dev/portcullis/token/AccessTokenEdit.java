package dev.portcullis.token;

import dev.portcullis.admin.Moment;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's wish for an API token.
 *
 * @param label what it is for, 1 to 64 letters
 * @param role what it may
 * @param expiresAt when it ends; default no end
 */
public record AccessTokenEdit(
    @Nullable String label, @Nullable String role, @Nullable String expiresAt) {
  private static final List<String> ROLES = List.of(Role.ADMIN, Role.OPERATOR, Role.AUDITOR);
  static final String EXAMPLE =
      "Give a label of 1 to 64 letters and a role: {\"label\":\"backup\",\"role\":\"portcullis-auditor\"}";

  String requiredLabel() {
    if (label == null || label.isBlank() || label.length() > 64) {
      throw ProblemException.badRequest(EXAMPLE);
    }
    return label.strip();
  }

  String requiredRole() {
    if (role == null || !ROLES.contains(role)) {
      throw ProblemException.badRequest("role must be one of " + String.join(", ", ROLES));
    }
    return role;
  }

  @Nullable OffsetDateTime end() {
    return Moment.parse(expiresAt);
  }
}
