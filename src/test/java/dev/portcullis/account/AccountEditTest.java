package dev.portcullis.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.admin.ProblemException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEditTest {

  static Stream<String> goodNames() {
    return Stream.of("a", "alice", "Alice-2_x", "1", "m\u00fcller", "\u4e2d\u6587", "x".repeat(63));
  }

  @ParameterizedTest
  @MethodSource("goodNames")
  void takesAName(String name) {
    assertEquals(name, named(name).newName());
  }

  static Stream<String> badNames() {
    return Stream.of(
        "",
        " ",
        "a.b",
        ".",
        "-a",
        "_a",
        "a b",
        "a/b",
        "a:b",
        "a\n",
        "a@b",
        "\u0000",
        "x".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void refusesANameThatIsNone(String name) {
    assertEquals(
        "Give a name of 1 to 63 letters, digits, hyphens and underscores: {\"name\":\"alice\"}",
        problem(named(name)::newName));
  }

  @Test
  void needsAName() {
    problem(named(null)::newName);
  }

  @Test
  void changesOnlyWhatIsGiven() {
    Account account = new Account("alice");
    AccountRepresentation before = account.representation();
    named(null).applyTo(account);
    assertEquals(before, account.representation());
    new AccountEdit(
            null,
            "text",
            false,
            "2027-01-31T12:00:00.123456789+02:00",
            null,
            null,
            null,
            null,
            null)
        .applyTo(account);
    AccountRepresentation after = account.representation();
    assertEquals("alice", after.name());
    assertEquals("text", after.description());
    assertFalse(after.enabled());
    assertEquals(OffsetDateTime.parse("2027-01-31T10:00:00.123456Z"), after.expiresAt());
    new AccountEdit(null, null, null, "", null, null, null, null, null).applyTo(account);
    assertNull(account.representation().expiresAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "2027-01-31", "2027-01-31T12:00:00", "1800000000", " "})
  void refusesAMomentThatIsNone(String text) {
    AccountEdit edit = new AccountEdit(null, null, null, text, null, null, null, null, null);
    assertEquals(
        "expiresAt is not a moment such as 2027-01-31T12:00:00Z",
        problem(() -> edit.applyTo(new Account("alice"))));
  }

  @Test
  void refusesALongDescription() {
    Account account = new Account("alice");
    assertDoesNotThrow(
        () ->
            new AccountEdit(null, "x".repeat(400), null, null, null, null, null, null, null)
                .applyTo(account));
    assertEquals(
        "description has more than 400 letters",
        problem(
            () ->
                new AccountEdit(null, "x".repeat(401), null, null, null, null, null, null, null)
                    .applyTo(account)));
  }

  @Test
  void refusesToChangeWhatStays() {
    assertDoesNotThrow(named(null)::refuseFixedMembers);
    for (AccountEdit edit :
        List.of(
            named("bob"),
            new AccountEdit(null, null, null, null, null, null, null, List.of(), null),
            new AccountEdit(null, null, null, null, null, null, null, null, List.of()))) {
      assertEquals(
          "An account's name stays; change grants and credentials at .../grants and"
              + " .../credentials",
          problem(edit::refuseFixedMembers));
    }
  }

  @Test
  void takesATokenThatIsInUseAlready() {
    assertEquals("fresh", new CredentialEdit(null, null, null).tokenOr("fresh"));
    assertEquals("x".repeat(8), new CredentialEdit(null, null, "x".repeat(8)).tokenOr("fresh"));
    assertEquals("x".repeat(200), new CredentialEdit(null, null, "x".repeat(200)).tokenOr("fresh"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 201})
  void refusesAShortOrLongTokenWithoutRepeatingIt(int length) {
    CredentialEdit edit = new CredentialEdit(null, null, "x".repeat(length));
    assertEquals(
        "token has %d letters; give 8 to 200, or leave it out for a random one".formatted(length),
        problem(() -> edit.tokenOr("fresh")));
  }

  @Test
  void labelsACredential() {
    assertEquals("token", new CredentialEdit(null, null, null).labelOrDefault());
    assertEquals("token", new CredentialEdit(" ", null, null).labelOrDefault());
    assertEquals("laptop", new CredentialEdit("laptop", null, null).labelOrDefault());
    assertEquals(
        "label has more than 64 letters",
        problem(() -> new CredentialEdit("x".repeat(65), null, null).labelOrDefault()));
  }

  private static AccountEdit named(@Nullable String name) {
    return new AccountEdit(name, null, null, null, null, null, null, null, null);
  }

  @Test
  void setsGroupsAndWaysAndTakesThemAway() {
    Account account = new Account("alice");
    account.learn(Set.of("staff"));
    edit(List.of("ops", "b,c", "ops"), List.of("ssh", "token")).applyTo(account);
    assertEquals(List.of("b,c", "ops"), account.representation().groups());
    assertEquals(List.of("staff"), account.representation().directoryGroups());
    assertEquals(List.of("token", "ssh"), account.representation().signIn());
    edit(null, null).applyTo(account);
    assertEquals(List.of("b,c", "ops"), account.representation().groups());
    assertEquals(List.of("token", "ssh"), account.representation().signIn());
    edit(List.of(), List.of()).applyTo(account);
    assertEquals(List.of(), account.representation().groups());
    assertNull(account.representation().signIn());
    assertEquals(List.of("staff"), account.representation().directoryGroups());
  }

  @Test
  void refusesGroupsAndWaysThatAreNone() {
    Account account = new Account("alice");
    for (String name : List.of("", " ", "a\nb", "x".repeat(201), "\ud800")) {
      assertEquals(
          "A group's name has 1 to 200 letters, none of them a control character",
          problem(() -> edit(List.of("ok", name), null).applyTo(account)));
    }
    assertEquals(
        "groups has more than 200 names",
        problem(() -> edit(Collections.nCopies(201, "a"), null).applyTo(account)));
    for (String way : List.of("", "Token", "oidc", "token,ssh")) {
      assertEquals(
          "signIn is a list of token, password, jwt, ssh; an empty one says nothing",
          problem(() -> edit(null, List.of("token", way)).applyTo(account)));
    }
  }

  private static AccountEdit edit(@Nullable List<String> groups, @Nullable List<String> signIn) {
    return new AccountEdit(null, null, null, null, groups, null, signIn, null, null);
  }

  private static String problem(Executable code) {
    return String.valueOf(assertThrows(ProblemException.class, code).getMessage());
  }
}
