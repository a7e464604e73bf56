package dev.portcullis.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.decision.SignInWay;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupEditTest {
  private final AccountGroup group = new AccountGroup("staff");

  @Test
  void saysAllThatIsSaidOfAGroup() {
    new GroupEdit("employees", List.of("jwt", "password")).applyTo(group);
    GroupRepresentation shown = group.representation();
    assertEquals("employees", shown.description());
    assertEquals(List.of("password", "jwt"), shown.signIn());
    new GroupEdit(null, List.of("token")).applyTo(group);
    assertEquals("", group.representation().description());
    new GroupEdit("employees", List.of()).applyTo(group);
    assertNull(group.representation().signIn());
  }

  @Test
  void saysNothingOnlyWhenNothingIsGiven() {
    assertTrue(new GroupEdit(null, null).saysNothing());
    assertFalse(new GroupEdit("", null).saysNothing());
    assertFalse(new GroupEdit(null, List.of()).saysNothing());
  }

  @Test
  void refusesALongDescriptionAndAWayThatThereIsNot() {
    assertThrows(ProblemException.class, () -> new GroupEdit("x".repeat(401), null).applyTo(group));
    assertThrows(
        ProblemException.class, () -> new GroupEdit(null, List.of("kerberos")).applyTo(group));
  }

  @Test
  void keepsEveryWayInItsColumn() {
    SignInWays all = new SignInWays(Set.of(SignInWay.values()));
    assertEquals(all, SignInWays.ofColumn(all.column()));
    assertTrue(all.column().length() <= SignInWays.LENGTH);
  }
}
