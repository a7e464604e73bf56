package dev.portcullis.admin;

import java.security.Principal;
import java.util.List;

/**
 * Who calls the admin API, as the door has admitted them. Nobody else makes one, so a request whose
 * principal is of another type has not come through the door.
 *
 * @param name of the person, or of the machine's token
 * @param roles of {@link Role}
 * @param method how they proved who they are: {@code realm}, {@code session}, {@code token}, ...
 */
public record Caller(String name, List<String> roles, String method) implements Principal {
  public Caller {
    roles = List.copyOf(roles);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Whether they have the role, or have signed in where that is enough. */
  public boolean isIn(String role) {
    return role.equals(Role.SIGNED_IN) || roles.contains(role);
  }
}
