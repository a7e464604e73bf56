package dev.portcullis.person;

import dev.portcullis.admin.Role;
import dev.portcullis.settings.PeopleSettings;
import dev.portcullis.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which groups have which roles. */
@ApplicationScoped
class RoleMapping {
  private PeopleSettings settings;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway.Init") // the proxy has no state
  protected RoleMapping() {}

  @Inject
  RoleMapping(Settings settings) {
    this.settings = settings.people();
  }

  /** The roles of somebody of whom it is known whether they are in a group. */
  List<String> roles(Predicate<String> isInGroup) {
    List<String> roles = new ArrayList<>();
    if (settings.admins().stream().anyMatch(isInGroup)) {
      roles.add(Role.ADMIN);
    }
    if (settings.operators().stream().anyMatch(isInGroup)) {
      roles.add(Role.OPERATOR);
    }
    if (settings.auditors().stream().anyMatch(isInGroup)) {
      roles.add(Role.AUDITOR);
    }
    return List.copyOf(roles);
  }
}
