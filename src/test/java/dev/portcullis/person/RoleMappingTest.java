package dev.portcullis.person;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.admin.Role;
import dev.portcullis.settings.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleMappingTest {

  private static List<String> roles(RoleMapping mapping, String... groups) {
    List<String> in = List.of(groups);
    return mapping.roles(group -> in.contains(group));
  }

  @Test
  void takesARoleForAGroupOfTheSameName() {
    RoleMapping mapping = new RoleMapping(Given.settings());
    assertEquals(List.of(Role.ADMIN), roles(mapping, "portcullis-admin"));
    assertEquals(
        List.of(Role.OPERATOR, Role.AUDITOR),
        roles(mapping, "portcullis-auditor", "portcullis-operator"));
    assertEquals(List.of(), roles(mapping, "admin", "Portcullis-Admin"));
  }

  @Test
  void mapsGroupsToRolesAndForgetsTheNamesOfTheRoles() {
    RoleMapping mapping =
        new RoleMapping(
            Given.settings(
                Map.of(
                    "portcullis.roles.admin", "Domain Admins, frp",
                    "portcullis.roles.operator", "helpdesk",
                    "portcullis.roles.auditor", "helpdesk")));
    assertEquals(List.of(Role.ADMIN), roles(mapping, "frp"));
    assertEquals(List.of(Role.ADMIN), roles(mapping, "Domain Admins"));
    assertEquals(List.of(Role.OPERATOR, Role.AUDITOR), roles(mapping, "helpdesk"));
    assertEquals(List.of(), roles(mapping, "portcullis-admin"));
  }
}
