package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * {@code portcullis.auth=server}: whoever the server lets in, by whatever it asks for, is known.
 */
class SignInByServerIT {
  private static final String JSON = "application/json";

  @TempDir private Path folder;

  // ---------------------------------------------------------------- as the WAR says: Basic

  @Test
  void asksByBasicWhereTheServerIsToldNothingElse() throws IOException {
    try (PortcullisProcess portcullis =
        PortcullisProcess.start(folder.resolve("data"), 0, Map.of("portcullis.auth", "server"))) {
      assertAsksByBasic(new BrowserCalls(portcullis.address(), ""));
    }
  }

  private static void assertAsksByBasic(BrowserCalls nobody) throws IOException {
    for (String path : List.of("/sign-in", "/api/v1/me")) {
      HttpResponse<String> asked = nobody.get(path);
      assertEquals(401, asked.statusCode(), () -> told(asked));
      assertTrue(challenge(asked).startsWith("Basic "), () -> told(asked));
      assertEquals(401, nobody.get(path, basic("operator", "wrong")).statusCode());
    }
    // the front page asks like this, and its browser must not open a dialog
    HttpResponse<String> script = nobody.get("/api/v1/me", "X-Requested-With", "XMLHttpRequest");
    assertEquals(401, script.statusCode());
    assertEquals("Bearer", challenge(script));

    HttpResponse<String> called = nobody.get("/api/v1/me", basic("operator", TestUsers.PASSWORD));
    assertEquals("operator [\"portcullis-operator\"] server", person(called));
    HttpResponse<String> signedIn = nobody.get("/sign-in", basic("auditor", TestUsers.PASSWORD));
    assertEquals(303, signedIn.statusCode(), () -> told(signedIn));
    BrowserCalls browser =
        new BrowserCalls(nobody.address(), BrowserCalls.cookie(signedIn).split(";", 2)[0]);
    assertEquals("auditor [\"portcullis-auditor\"] session", person(browser.get("/api/v1/me")));

    // there is no form of ours
    assertEquals(405, nobody.signIn("auditor", TestUsers.PASSWORD).statusCode());
    HttpResponse<String> bearer = nobody.get("/api/v1/me", bearer("nonsense"));
    assertEquals(401, bearer.statusCode(), () -> told(bearer));
  }

  // ---------------------------------------------------------------- by an OpenID provider

  @Test
  void byAnOpenIdProviderOfTheServersOwn() throws IOException {
    Path home = folder.resolve("data");
    PortcullisProcess.install(home);
    TestedServer server = TestedServer.ofThisBuild();
    boolean hasOne = server.use(TestedServer.SignOn.PROVIDER, home);
    if (hasOne) {
      server.declare("staff", "portcullis-operator", home);
    }
    try (Keycloak keycloak = Keycloak.start(Ports.free())) {
      Map<String, String> settings = new HashMap<>(keycloak.signOn());
      settings.put("portcullis.roles.operator", "portcullis-operator,staff");
      try (PortcullisProcess portcullis = PortcullisProcess.start(home, 0, settings)) {
        if (hasOne) {
          signInByBrowser(portcullis, keycloak);
          callByBearer(portcullis, keycloak);
          assertTellsNoSecret(portcullis);
        } else {
          // the settings of a provider change nothing where the server does not ask one
          assertAsksByBasic(new BrowserCalls(portcullis.address(), ""));
          assertRefusedBearer(portcullis, keycloak.accessTokenOf("admin"));
        }
      }
    }
  }

  private void signInByBrowser(PortcullisProcess portcullis, Keycloak keycloak) {
    signIn(portcullis, keycloak, "admin", "portcullis-admin");
    signIn(portcullis, keycloak, "auditor", "portcullis-auditor");
    // its role at the provider becomes one of ours by the mapping
    signIn(portcullis, keycloak, "reader", "portcullis-operator");
  }

  private void signIn(PortcullisProcess portcullis, Keycloak keycloak, String name, String role) {
    try (Browser browser = Browser.start(folder.resolve("profile-" + name))) {
      browser.open(portcullis.address());
      browser.awaitText("Not signed in.");
      browser.click(By.linkText("Sign in"));
      browser.type("username", name);
      assertEquals(keycloak.issuer().getPort(), browser.address().getPort());
      browser.type("password", TestUsers.PASSWORD);
      browser.click(By.id("kc-login"));
      browser.awaitText("Signed in as " + name + " (" + role + ").");
      assertEquals(portcullis.address().resolve("/"), browser.address());
      assertNotNull(browser.cookie("portcullis"));
      // the server's session has ended, ours is what counts
      assertNull(browser.cookie("JSESSIONID"));
      browser.click(By.cssSelector("#sign-out button"));
      browser.awaitText("Signed out here.");
      browser.open(portcullis.address());
      browser.awaitText("Not signed in.");
    }
  }

  private static void callByBearer(PortcullisProcess portcullis, Keycloak keycloak)
      throws IOException {
    BrowserCalls nobody = new BrowserCalls(portcullis.address(), "");
    String admin = keycloak.accessTokenOf("admin");
    HttpResponse<String> me = nobody.get("/api/v1/me", bearer(admin));
    assertEquals("admin [\"portcullis-admin\"] server", person(me));
    assertEquals(List.of(), me.headers().allValues("Set-Cookie"));
    HttpResponse<String> made =
        nobody.send("POST", "/api/v1/nodes", JSON, "{\"name\":\"by-bearer\"}", bearer(admin));
    assertEquals(201, made.statusCode(), () -> told(made));
    assertEquals(
        403,
        nobody
            .send(
                "POST",
                "/api/v1/nodes",
                JSON,
                "{\"name\":\"no\"}",
                bearer(keycloak.accessTokenOf("auditor")))
            .statusCode());
    assertEquals(
        "reader [\"portcullis-operator\"] server",
        person(nobody.get("/api/v1/me", bearer(keycloak.accessTokenOf("reader")))));
    String machine = keycloak.accessTokenOfClient("frpc-alice", "frpc-alice-secret");
    // it is in the group staff of Keycloak, and has no role there
    boolean known = TestedServer.ofThisBuild().takesGroupsOfTheProvider();
    String who = person(nobody.get("/api/v1/me", bearer(machine)));
    assertTrue(who.endsWith(known ? " [\"portcullis-operator\"] server" : " [] server"), who);
    assertEquals(known ? 200 : 403, nobody.get("/api/v1/nodes", bearer(machine)).statusCode());

    assertRefusedBearer(portcullis, admin.substring(0, admin.length() - 8) + "AAAAAAAA");
    assertRefusedBearer(portcullis, "nonsense");
    // of the same provider and person, but made for somebody else
    assertRefusedBearer(portcullis, keycloak.foreignTokenOf("admin"));
    // a token in the address would be in every log
    assertNotEquals(200, nobody.get("/api/v1/me?access_token=" + admin).statusCode());

    assertMustAskTheProvider(nobody.get("/api/v1/me"), keycloak);
    assertMustAskTheProvider(
        nobody.get("/api/v1/me", basic("admin", TestUsers.PASSWORD)), keycloak);
    HttpResponse<String> script = nobody.get("/api/v1/me", "X-Requested-With", "XMLHttpRequest");
    assertEquals(401, script.statusCode(), () -> told(script));

    JsonObject token =
        json(
            nobody.send(
                "POST",
                "/api/v1/access-tokens",
                JSON,
                "{\"label\":\"ours\",\"role\":\"portcullis-auditor\"}",
                bearer(admin)));
    assertEquals(200, nobody.get("/api/v1/nodes", bearer(token.getString("token"))).statusCode());
    assertRefusedBearer(portcullis, token.getString("token") + "x");

    HttpResponse<String> denied = nobody.get("/sign-in?error=access_denied&state=x");
    if (TestedServer.ofThisBuild().comesBackToTheSignIn()) {
      assertEquals(401, denied.statusCode(), () -> told(denied));
      assertTrue(denied.body().contains("The sign-on has not let you in"), () -> told(denied));
    } else {
      assertIsSentThere(denied, keycloak);
    }
    assertEquals(List.of(), cookiesOfOurs(denied));

    // somebody else's failures are not those of whoever has a good token
    for (int i = 0; i < 25; i++) {
      nobody.get("/api/v1/me", bearer("nonsense"));
    }
    assertEquals(200, nobody.get("/api/v1/me", bearer(admin)).statusCode());
  }

  private static void assertMustAskTheProvider(HttpResponse<String> answer, Keycloak keycloak) {
    if (TestedServer.ofThisBuild().sendsCallsOfTheApiToTheProvider()) {
      assertIsSentThere(answer, keycloak);
    } else {
      assertEquals(401, answer.statusCode(), () -> told(answer));
      assertTrue(answer.headers().firstValue("Location").isEmpty(), () -> told(answer));
      assertEquals(List.of(), cookiesOfOurs(answer));
    }
  }

  private static void assertIsSentThere(HttpResponse<String> answer, Keycloak keycloak) {
    assertEquals(302, answer.statusCode(), () -> told(answer));
    String location = answer.headers().firstValue("Location").orElse("");
    assertTrue(location.startsWith(keycloak.issuer() + "/"), () -> told(answer));
    assertEquals(List.of(), cookiesOfOurs(answer));
  }

  private static List<String> cookiesOfOurs(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(BrowserCalls.COOKIE))
        .toList();
  }

  private static void assertRefusedBearer(PortcullisProcess portcullis, String token)
      throws IOException {
    HttpResponse<String> answer =
        new BrowserCalls(portcullis.address(), "").get("/api/v1/me", bearer(token));
    assertEquals(401, answer.statusCode(), () -> told(answer));
    // no server sees a token of ours
    if (token.startsWith("pct_") || TestedServer.ofThisBuild().leavesRefusedTokensToPortcullis()) {
      assertEquals(
          "application/problem+json",
          answer.headers().firstValue("Content-Type").orElse(""),
          () -> told(answer));
    }
    assertFalse(answer.body().contains(token), () -> told(answer));
    assertEquals(List.of(), cookiesOfOurs(answer));
  }

  private static void assertTellsNoSecret(PortcullisProcess portcullis) {
    String log = String.join("\n", portcullis.log());
    for (String secret : List.of(Keycloak.CLIENT_SECRET, TestUsers.PASSWORD, "eyJ")) {
      assertFalse(log.contains(secret), () -> "a secret is in the log: " + log);
    }
  }

  // ---------------------------------------------------------------- tools of these tests

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("");
  }

  private static String[] basic(String name, String password) {
    String pair = name + ":" + password;
    return new String[] {
      "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
    };
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static String person(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), () -> told(answer));
    JsonObject me = json(answer);
    return me.getString("name") + " " + me.getJsonArray("roles") + " " + me.getString("method");
  }

  private static String told(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
  }
}
