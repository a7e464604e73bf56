package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People whom the server's realm looks up in a real LDAP directory, with their groups. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleFromDirectoryIT {
  private static final String PASSWORD = TestUsers.PASSWORD;

  private Slapd slapd;
  private PortcullisProcess portcullis;
  private BrowserCalls nobody;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    slapd = Slapd.start(folder);
    Path home = folder.resolve("data");
    PortcullisProcess.install(home);
    TestedServer server = TestedServer.ofThisBuild();
    assertTrue(server.use(TestedServer.SignOn.DIRECTORY, home), "no file in server-config");
    server.declare("staff", "portcullis-operator", home);
    Map<String, String> settings = new HashMap<>(slapd.realm());
    settings.put("portcullis.roles.operator", "portcullis-operator,staff");
    portcullis = PortcullisProcess.start(home, 0, settings);
    nobody = new BrowserCalls(portcullis.address(), "");
  }

  @AfterAll
  void stop() throws IOException {
    String log = String.join("\n", portcullis.log());
    portcullis.close();
    slapd.close();
    for (String secret : List.of(PASSWORD, Slapd.ALICE_PASSWORD, Slapd.BIND_PASSWORD)) {
      assertFalse(log.contains(secret), "a password is in the log");
    }
  }

  // ---------------------------------------------------------------- roles

  static Stream<ResourceCall> calls() {
    return ResourceCall.all();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void reachesAMethodExactlyWithARoleThatItNames(ResourceCall call) throws IOException {
    for (String name : List.of("admin", "operator", "auditor", "reader")) {
      HttpResponse<String> answer =
          nobody.send(
              call.method(),
              "/api/" + call.url(),
              call.hasBody() ? "application/json" : "",
              call.body(),
              "Authorization",
              basic(name, PASSWORD));
      Set<Integer> expected =
          call.isFor(TestUsers.ROLES.get(name)) ? Set.of(200, 204, 400, 404) : Set.of(403);
      assertTrue(expected.contains(answer.statusCode()), () -> name + " " + call + told(answer));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "admin, portcullis-admin",
    "operator, portcullis-operator",
    "auditor, portcullis-auditor",
    "reader, ''",
    "müller, portcullis-operator"
  })
  void signsInWithTheRolesOfTheDirectorysGroups(String name, String role) throws IOException {
    String roles = role.isEmpty() ? "[]" : "[\"" + role + "\"]";
    HttpResponse<String> basic = me(name, PASSWORD);
    assertEquals(200, basic.statusCode(), () -> told(basic));
    assertEquals(name + " " + roles + " realm", person(basic));
    HttpResponse<String> form = BrowserCalls.signedIn(portcullis.address(), name).get("/api/v1/me");
    assertEquals(name + " " + roles + " session", person(form));
  }

  @Test
  void nameThatMeansSomethingToADirectoryHasItsOwnGroupsOrNone() throws IOException {
    TestedServer server = TestedServer.ofThisBuild();
    if (!server.takesEveryName()) {
      assertRefused("o, pat (*)", PASSWORD);
      return;
    }
    assertEquals(
        server.findsGroupsOfEveryName()
            ? "o, pat (*) [\"portcullis-operator\"] realm"
            : "o, pat (*) [] realm",
        person(me("o, pat (*)", PASSWORD)));
  }

  @Test
  void takesEveryLetterOfAPassword() throws IOException {
    assertEquals(
        "alice [\"portcullis-operator\"] realm", person(me("alice", Slapd.ALICE_PASSWORD)));
    assertRefused("alice", Slapd.ALICE_PASSWORD.replace("ä", "a"));
  }

  // ---------------------------------------------------------------- refusals

  @ParameterizedTest
  @ValueSource(strings = {"wrong", " ", "Correct horse battery staple"})
  void refusesAWrongPassword(String password) throws IOException {
    assertRefused("attacked", password);
  }

  /** The directory takes a name without a password for nobody, and does not mind. */
  @Test
  void refusesANameWithoutAPassword() throws IOException {
    assertEquals(401, me("operator", "").statusCode());
    assertEquals(400, nobody.signIn("operator", "").statusCode());
  }

  /** Patterns, and more conditions, of a search; a DN; somebody of another branch. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mallory",
        "*",
        "adm*",
        "admin)(uid=*",
        "*)(uid=*))(|(uid=*",
        "admin,ou=people",
        "uid=admin,ou=people,dc=example,dc=com",
        "portcullis"
      })
  void refusesWhomTheDirectoryDoesNotName(String name) throws IOException {
    assertRefused(name, PASSWORD);
    assertRefused(name, Slapd.BIND_PASSWORD);
  }

  // ---------------------------------------------------------------- a directory that is away

  @Test
  void refusesEverybodyWhileTheDirectoryIsAwayAndTakesThemWhenItIsBack() throws IOException {
    assertEquals(200, me("forgetful", PASSWORD).statusCode());
    BrowserCalls browser = BrowserCalls.signedIn(portcullis.address(), "forgetful");
    slapd.close();
    try {
      HttpResponse<String> basic = me("forgetful", PASSWORD);
      assertTurnedAway(basic);
      assertEquals(
          "application/problem+json",
          basic.headers().firstValue("Content-Type").orElse(""),
          () -> told(basic));
      HttpResponse<String> form = nobody.signIn("forgetful", PASSWORD);
      assertEquals(401, form.statusCode(), () -> told(form));
      assertTurnedAway(form);
      assertTrue(form.body().contains("<h1>Sign in to Portcullis</h1>"), () -> told(form));
      assertEquals(List.of(), form.headers().allValues("Set-Cookie"));
      // whoever has a session needs no directory
      assertEquals(200, browser.get("/api/v1/me").statusCode());
    } finally {
      slapd.startAgain();
    }
    assertEquals("forgetful [\"portcullis-admin\"] realm", person(me("forgetful", PASSWORD)));
    BrowserCalls.signedIn(portcullis.address(), "forgetful");
  }

  private static void assertTurnedAway(HttpResponse<String> answer) {
    assertTrue(Set.of(401, 503).contains(answer.statusCode()), () -> told(answer));
    for (String detail : List.of("Exception", "\tat ", "ldap:", "127.0.0.1", "dc=example")) {
      assertFalse(answer.body().contains(detail), () -> told(answer));
    }
  }

  // ---------------------------------------------------------------- tools of these tests

  private void assertRefused(String name, String password) throws IOException {
    HttpResponse<String> basic = me(name, password);
    assertEquals(401, basic.statusCode(), () -> told(basic));
    HttpResponse<String> form = nobody.signIn(name, password);
    assertEquals(401, form.statusCode(), () -> told(form));
    assertEquals(List.of(), form.headers().allValues("Set-Cookie"));
  }

  private HttpResponse<String> me(String name, String password) throws IOException {
    return nobody.get("/api/v1/me", "Authorization", basic(name, password));
  }

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  private static String person(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      var me = reader.readObject();
      return me.getString("name") + " " + me.getJsonArray("roles") + " " + me.getString("method");
    }
  }

  private static String told(HttpResponse<String> answer) {
    return " " + answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
  }
}
