package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

/** People and machines at the admin API: who gets in, as what, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleIT {
  private static final List<String> ROLES =
      List.of("portcullis-admin", "portcullis-operator", "portcullis-auditor");
  private static final String PASSWORD = TestUsers.PASSWORD;
  private static final String JSON = "application/json";

  private final List<String> shownSecrets = new ArrayList<>(List.of(PASSWORD));

  /** By role; empty for a user who has none of ours. */
  /** What operators may beside reading. */
  private static final Set<String> OF_OPERATORS =
      Set.of(
          "DELETE v1/leases/{id}",
          "POST v1/leases/{id}/kick",
          "POST v1/sessions/{runId}/kick",
          "POST v1/locks",
          "DELETE v1/locks/{id}",
          "DELETE v1/bans/{id}",
          "POST v1/accounts/{name}/domains/{id}/check");

  private final Map<String, String> users =
      Map.of(
          ROLES.get(0), "admin", ROLES.get(1), "operator", ROLES.get(2), "auditor", "", "reader");

  private final Map<String, String> tokens = new TreeMap<>();
  private final Map<String, BrowserCalls> browsers = new TreeMap<>();
  private Path data;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private BrowserCalls nobody;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    portcullis =
        PortcullisProcess.start(
            data,
            0,
            Map.of("portcullis.renewal-interval", "PT0.2S", "portcullis.session-length", "PT2M"));
    admin = new AdminApi(portcullis.address(), "admin", PASSWORD);
    nobody = new BrowserCalls(portcullis.address(), "");
    for (String role : ROLES) {
      tokens.put(role, token("of " + role, role).getString("token"));
    }
    for (Map.Entry<String, String> user : users.entrySet()) {
      browsers.put(user.getKey(), signedIn(user.getValue()));
    }
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    String log = String.join("\n", portcullis.log());
    shownSecrets.forEach(secret -> assertFalse(log.contains(secret), "a secret is in the log"));
    assertFalse(log.contains("\tat "), log);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, ISO_8859_1);
        shownSecrets.forEach(
            secret -> assertFalse(content.contains(secret), "a secret is in " + file));
      }
    }
  }

  // ---------------------------------------------------------------- roles

  static Stream<ResourceCall> calls() {
    return ResourceCall.all();
  }

  @Test
  void everyMethodNamesItsRolesAndReadingIsForAll() {
    assertTrue(calls().count() >= 30, "the scan has missed methods");
    assertEquals(
        Set.of(),
        OF_OPERATORS.stream()
            .filter(call -> calls().map(ResourceCall::toString).noneMatch(call::equals))
            .collect(Collectors.toSet()));
    for (ResourceCall call : calls().toList()) {
      assertFalse(call.roles().isEmpty(), call::toString);
      assertTrue(call.isFor("portcullis-admin"), call::toString);
      boolean isOpenRead =
          call.method().equals("GET")
              && !call.path().startsWith("v1/access-tokens")
              && !call.path().endsWith("/proxy-secrets");
      assertEquals(isOpenRead, call.isFor("portcullis-auditor"), call::toString);
      assertEquals(
          isOpenRead || OF_OPERATORS.contains(call.toString()),
          call.isFor("portcullis-operator"),
          call::toString);
      assertEquals(call.path().equals("v1/me"), call.isForEverybody(), call::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void reachesAMethodExactlyWithARoleThatItNames(ResourceCall call) throws IOException {
    assertEquals(401, send(call, "").statusCode());
    assertRefused(send(call, basic("nobody-" + call.method() + call.path(), PASSWORD)));
    assertRefused(send(call, basic("reader", "guess" + call)));
    assertRefused(send(call, "Bearer " + tokens.get(ROLES.get(0)) + "x"));
    assertRefused(send(call, "Bearer nonsense"));
    assertEquals(
        401, send(new BrowserCalls(portcullis.address(), "portcullis=x"), call).statusCode());
    for (Map.Entry<String, String> user : users.entrySet()) {
      assertReach(call, user.getKey(), send(call, basic(user.getValue(), PASSWORD)));
      assertReach(call, user.getKey(), send(browsers.get(user.getKey()), call));
    }
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      assertReach(call, token.getKey(), send(call, "Bearer " + token.getValue()));
    }
  }

  private static void assertReach(ResourceCall call, String role, HttpResponse<String> answer) {
    if (call.isFor(role)) {
      assertTrue(Set.of(200, 204, 400, 404).contains(answer.statusCode()), () -> told(answer));
    } else {
      assertProblem(403, answer);
    }
  }

  private static void assertRefused(HttpResponse<String> answer) {
    // somebody who goes on failing is not even listened to
    assertTrue(Set.of(401, 429).contains(answer.statusCode()), () -> told(answer));
  }

  @Test
  void tellsWhoHasSignedInAndHow() throws IOException {
    assertEquals(
        json("{\"name\":\"operator\",\"roles\":[\"portcullis-operator\"],\"method\":\"realm\"}"),
        me("Authorization", basic("operator", PASSWORD)));
    assertEquals(
        json("{\"name\":\"reader\",\"roles\":[],\"method\":\"session\"}"),
        json(browsers.get("").get("/api/v1/me").body()));
    assertEquals(
        json(
            "{\"name\":\"token:of portcullis-auditor\",\"roles\":[\"portcullis-auditor\"],\"method\":\"token\"}"),
        me("Authorization", "Bearer " + tokens.get("portcullis-auditor")));
  }

  @Test
  void knowsPeopleWhoseNameIsNotAscii() throws IOException {
    assertEquals("jürgen", me("Authorization", basic("jürgen", PASSWORD)).getString("name"));
    BrowserCalls browser = BrowserCalls.signedIn(portcullis.address(), "jürgen");
    assertEquals("jürgen", json(browser.get("/api/v1/me").body()).getString("name"));
  }

  // ---------------------------------------------------------------- API tokens

  @Test
  void showsATokenOnceAndKnowsItByItsPrefix() throws IOException {
    JsonObject made = token("shown once", "portcullis-auditor");
    String token = made.getString("token");
    assertTrue(token.matches("pct_[A-Za-z0-9_-]{43}"), "the form of a token");
    assertEquals("admin", made.getString("createdBy"));
    JsonObject listed = listed(made.getString("id"));
    assertEquals("API", listed.getString("kind"));
    assertEquals("shown once", listed.getString("label"));
    assertFalse(listed.containsKey("token"));
    String all = admin.call("GET", "access-tokens?limit=500", "").body();
    assertFalse(all.contains(token) || all.contains("hash"), "the list shows secrets");
  }

  @Test
  void tokenThatIsRevokedEndsAtOnce() throws IOException {
    JsonObject made = token("revoked", "portcullis-auditor");
    String bearer = "Bearer " + made.getString("token");
    assertEquals(200, get("/api/v1/nodes", bearer).statusCode());
    admin.delete("access-tokens/" + made.getString("id"));
    HttpResponse<String> answer = get("/api/v1/nodes", bearer);
    assertProblem(401, answer);
    assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
    assertProblem(404, admin.call("DELETE", "access-tokens/" + made.getString("id"), ""));
  }

  @Test
  void tokenEndsWhenItExpires() throws IOException {
    JsonObject made =
        admin.post(
            "access-tokens",
            "{\"label\":\"short\",\"role\":\"portcullis-auditor\",\"expiresAt\":\"%s\"}"
                .formatted(OffsetDateTime.now().plusSeconds(2)));
    String bearer = "Bearer " + secret(made.getString("token"));
    assertEquals(200, get("/api/v1/nodes", bearer).statusCode());
    Pause.millis(2_100);
    assertEquals(401, get("/api/v1/nodes", bearer).statusCode());
  }

  @Test
  void remembersWhenATokenWasLastUsed() throws IOException {
    JsonObject made = token("used", "portcullis-auditor");
    assertFalse(listed(made.getString("id")).containsKey("lastUsedAt"));
    get("/api/v1/nodes", "Bearer " + made.getString("token"));
    JsonObject used =
        admin.await(
            "access-tokens?limit=500",
            item ->
                item.getString("id").equals(made.getString("id"))
                    && item.containsKey("lastUsedAt"));
    OffsetDateTime at = OffsetDateTime.parse(used.getString("lastUsedAt"));
    assertTrue(at.isAfter(OffsetDateTime.now().minusMinutes(1)), at::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"label\":\"x\"}",
        "{\"role\":\"portcullis-admin\"}",
        "{\"label\":\" \",\"role\":\"portcullis-admin\"}",
        "{\"label\":\"x\",\"role\":\"reader\"}",
        "{\"label\":\"x\",\"role\":\"**\"}",
        "{\"label\":\"x\",\"role\":\"portcullis-admin\",\"expiresAt\":\"soon\"}",
        "{\"label\":\"x\",\"role\":\"portcullis-admin\",\"token\":\"mine\"}"
      })
  void wrongWishForATokenIsRefused(String body) throws IOException {
    assertProblem(400, admin.call("POST", "access-tokens", body));
  }

  @Test
  void sessionsTokenIsNoBearerTokenAndTheOtherWayRound() throws IOException {
    String cookie = browsers.get("portcullis-admin").cookie();
    assertEquals(
        401,
        get("/api/v1/nodes", "Bearer " + cookie.substring(BrowserCalls.COOKIE.length()))
            .statusCode());
    BrowserCalls cheat =
        new BrowserCalls(
            portcullis.address(), BrowserCalls.COOKIE + tokens.get("portcullis-admin"));
    assertEquals(401, cheat.get("/api/v1/nodes").statusCode());
  }

  // ---------------------------------------------------------------- browser sessions

  @Test
  void signInFormIsAPlainPage() throws IOException {
    HttpResponse<String> page = nobody.get("/sign-in");
    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    for (String part :
        List.of(
            "lang=\"en\"", "<title>", "for=\"name\"", "for=\"password\"", "type=\"password\"")) {
      assertTrue(page.body().contains(part), part + " is not in " + page.body());
    }
    assertFalse(page.body().contains("<script") || page.body().contains("style="), page.body());
    assertEquals(List.of(), page.headers().allValues("Set-Cookie"));
  }

  @Test
  void signInGivesACookieThatNoScriptAndNoOtherSiteGets() throws IOException {
    HttpResponse<String> answer = nobody.signIn("operator", PASSWORD);
    assertEquals(303, answer.statusCode());
    assertEquals("/", answer.headers().firstValue("Location").orElse(""));
    String cookie = BrowserCalls.cookie(answer);
    secret(cookie.split("[=;]")[1]);
    assertTrue(
        cookie.matches("portcullis=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict"),
        "the form of the cookie");
    for (String other : answer.headers().allValues("Set-Cookie")) {
      // a server may take back a session of its own
      assertTrue(
          other.equals(cookie) || other.contains("01-Jan-1970"), "a session of the server's");
    }
  }

  @Test
  void wrongPasswordGivesNoCookie() throws IOException {
    for (String name : List.of("operator", "stranger")) {
      HttpResponse<String> answer = nobody.signIn(name, "wrong password");
      assertEquals(401, answer.statusCode());
      assertTrue(answer.body().contains("name or the password is wrong"), answer.body());
      assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
    }
    assertEquals(400, nobody.post("/sign-in", Map.of("name", "operator")).statusCode());
    assertEquals(400, nobody.signIn("", "").statusCode());
    admin.await(
        "audit?kind=ADMIN&outcome=REJECTED&limit=500",
        event ->
            event.getString("actor").equals("stranger")
                && event.getString("operation").equals("sign-in"));
  }

  @Test
  void cookieThatIsBroughtAlongIsNeverTakenOver() throws IOException {
    BrowserCalls planted =
        new BrowserCalls(portcullis.address(), BrowserCalls.COOKIE + "planted-by-an-attacker");
    HttpResponse<String> answer = planted.signIn("auditor", PASSWORD);
    assertEquals(303, answer.statusCode());
    assertFalse(BrowserCalls.cookie(answer).contains("planted"));
    assertEquals(401, planted.get("/api/v1/me").statusCode());
    BrowserCalls first = signedIn("auditor");
    HttpResponse<String> again = first.signIn("auditor", PASSWORD);
    assertNotEquals(first.cookie(), BrowserCalls.cookie(again).split(";", 2)[0]);
  }

  @Test
  void signOutEndsTheSessionAndTakesTheCookieAway() throws IOException {
    BrowserCalls browser = signedIn("auditor");
    assertEquals(200, browser.get("/api/v1/me").statusCode());
    assertEquals(405, browser.get("/sign-out").statusCode());
    HttpResponse<String> answer = browser.post("/sign-out", Map.of());
    assertEquals(303, answer.statusCode());
    assertTrue(BrowserCalls.cookie(answer).matches("portcullis=; Path=/; .*; Max-Age=0"));
    assertEquals(401, browser.get("/api/v1/me").statusCode());
    assertEquals(303, nobody.post("/sign-out", Map.of()).statusCode());
  }

  @Test
  void administratorEndsASession() throws IOException {
    BrowserCalls browser = signedIn("auditor");
    JsonObject session =
        admin.items("access-tokens?limit=500").stream()
            .filter(item -> item.getString("kind").equals("SESSION"))
            .filter(item -> item.getString("label").equals("auditor"))
            .reduce((older, newer) -> newer)
            .orElseThrow();
    assertEquals("[\"portcullis-auditor\"]", session.getJsonArray("roles").toString());
    admin.delete("access-tokens/" + session.getString("id"));
    assertEquals(401, browser.get("/api/v1/me").statusCode());
  }

  @Test
  void everythingIsInTheAuditLog() throws IOException {
    JsonObject made = token("audited", "portcullis-operator");
    admin.delete("access-tokens/" + made.getString("id"));
    signedIn("operator").post("/sign-out", Map.of());
    List<String> operations =
        admin.items("audit?kind=ADMIN&limit=500").stream()
            .map(event -> event.getString("actor") + " " + event.getString("operation"))
            .toList();
    for (String expected :
        List.of(
            "admin access-token.create",
            "admin access-token.delete",
            "operator sign-in",
            "operator sign-out")) {
      assertTrue(operations.contains(expected), () -> expected + " is not in " + operations);
    }
    String log = admin.call("GET", "audit?limit=500", "").body();
    shownSecrets.forEach(secret -> assertFalse(log.contains(secret), "a secret is in the audit"));
  }

  @Test
  void changesAreEnteredUnderWhoeverHasSignedInByAnyWay() throws IOException {
    String node = "{\"name\":\"%s\"}";
    browsers.get(ROLES.get(0)).send("POST", "/api/v1/nodes", JSON, node.formatted("by-browser"));
    nobody.send(
        "POST",
        "/api/v1/nodes",
        JSON,
        node.formatted("by-token"),
        "Authorization",
        "Bearer " + tokens.get(ROLES.get(0)));
    admin.post("nodes", node.formatted("by-basic"));
    Map<String, String> actors = new TreeMap<>();
    for (JsonObject event : admin.items("audit?kind=ADMIN&limit=500")) {
      if (event.getString("operation").equals("node.create")) {
        actors.put(event.getString("target"), event.getString("actor"));
      }
    }
    assertEquals(
        Map.of("by-browser", "admin", "by-token", "token:of portcullis-admin", "by-basic", "admin"),
        actors);
  }

  @Test
  void sessionEndsWhenItIsIdleOrOld(@TempDir Path folder) throws Exception {
    try (PortcullisProcess other =
        PortcullisProcess.start(
            folder.resolve("data"),
            0,
            Map.of(
                "portcullis.renewal-interval", "PT0.2S",
                "portcullis.session-idle", "PT3S",
                "portcullis.session-length", "PT8S"))) {
      BrowserCalls idle = BrowserCalls.signedIn(other.address(), "auditor");
      BrowserCalls busy = BrowserCalls.signedIn(other.address(), "auditor");
      long begin = System.nanoTime();
      long lived = 0;
      while (busy.get("/api/v1/me").statusCode() == 200) {
        lived = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(lived < 9_000, "a session outlives its end");
        Pause.millis(300);
      }
      assertTrue(lived > 5_000, "a session in use ended after " + lived + " ms");
      assertEquals(401, idle.get("/api/v1/me").statusCode());
    }
  }

  @Test
  void frontPageIsStaticAndAsksWithoutADialog() throws IOException {
    HttpResponse<String> page = nobody.get("/");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("lang=\"en\"") && page.body().contains("<title>"));
    assertFalse(page.body().contains("<style") || page.body().contains("onclick"), page.body());
    HttpResponse<String> asked = nobody.get("/api/v1/me", "X-Requested-With", "XMLHttpRequest");
    assertProblem(401, asked);
    assertEquals("Bearer", asked.headers().firstValue("WWW-Authenticate").orElse(""));
  }

  // ---------------------------------------------------------------- other sites

  @ParameterizedTest
  @CsvSource({
    // where browsers say that it comes from, and the origin; ADDRESS is ours
    "none, '', true",
    "same-origin, '', true",
    "same-origin, http://elsewhere.example, true",
    "same-site, '', false",
    "cross-site, '', false",
    "cross-site, ADDRESS, false",
    "nonsense, '', false",
    "'', '', true",
    "'', ADDRESS, true",
    "'', http://elsewhere.example, false",
    "'', null, false",
    "'', http://127.0.0.1:1, false",
    "'', '%%%', false"
  })
  void callThatAnotherSiteHasMadeABrowserSendIsRefused(String site, String origin, boolean goes)
      throws IOException {
    List<String> headers = new ArrayList<>();
    if (!site.isEmpty()) {
      headers.addAll(List.of("Sec-Fetch-Site", site));
    }
    if (!origin.isEmpty()) {
      String ours = "http://127.0.0.1:" + portcullis.port();
      headers.addAll(List.of("Origin", origin.replace("ADDRESS", ours)));
    }
    String[] plain = headers.toArray(new String[0]);
    BrowserCalls browser = browsers.get("portcullis-admin");
    HttpResponse<String> call =
        browser.send("POST", "/api/v1/nodes", JSON, "{\"name\":\" \"}", plain);
    assertProblem(goes ? 400 : 403, call);
    assertEquals(200, browser.get("/api/v1/me", plain).statusCode());
    headers.addAll(List.of("Authorization", basic("admin", PASSWORD)));
    String[] withBasic = headers.toArray(new String[0]);
    assertProblem(
        goes ? 400 : 403,
        nobody.send("POST", "/api/v1/nodes", JSON, "{\"name\":\" \"}", withBasic));
    headers.set(headers.size() - 1, "Bearer " + tokens.get("portcullis-admin"));
    String[] withBearer = headers.toArray(new String[0]);
    assertProblem(400, nobody.send("POST", "/api/v1/nodes", JSON, "{\"name\":\" \"}", withBearer));
    assertEquals(goes ? 400 : 403, nobody.signIn("", "", plain).statusCode());
    assertEquals(goes ? 303 : 403, nobody.post("/sign-out", Map.of(), plain).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/style.css",
        "/main.js",
        "/sign-in",
        "/callback",
        "/nothing",
        "/api/v1/me",
        "/api/v1/nodes",
        "/api/v1/nothing"
      })
  void everyAnswerTellsBrowsersWhatTheyMayDo(String path) throws IOException {
    for (BrowserCalls browser : List.of(nobody, browsers.get("portcullis-admin"))) {
      HttpResponse<String> answer = browser.get(path);
      boolean isAsset = path.endsWith(".css") || path.endsWith(".js");
      Map<String, String> expected =
          Map.of(
              "Cache-Control",
              isAsset ? "no-cache" : "no-store",
              "X-Content-Type-Options",
              "nosniff",
              "X-Frame-Options",
              "DENY",
              "Content-Security-Policy",
              "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
              "Referrer-Policy",
              "no-referrer",
              "Cross-Origin-Resource-Policy",
              "same-origin");
      expected.forEach(
          (header, value) ->
              assertEquals(List.of(value), answer.headers().allValues(header), () -> told(answer)));
      assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
      assertEquals(List.of(), answer.headers().allValues("Strict-Transport-Security"));
    }
  }

  @Test
  void answersToFrpsAreLeftAlone() throws IOException {
    HttpResponse<String> answer = nobody.post("/handler", Map.of());
    assertFalse(answer.headers().map().containsKey("Content-Security-Policy"));
  }

  // ---------------------------------------------------------------- guessing

  @Test
  void whoGoesOnGuessingIsNotListenedToAnyMore() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertEquals(401, nobody.signIn("guessed", "guess").statusCode());
      assertEquals(401, get("/api/v1/me", basic("Guessed", "guess")).statusCode());
    }
    HttpResponse<String> form = nobody.signIn("guessed", "guess");
    assertEquals(429, form.statusCode());
    HttpResponse<String> basic = get("/api/v1/me", basic("guessed", "guess"));
    assertProblem(429, basic);
    for (HttpResponse<String> answer : List.of(form, basic)) {
      long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(0);
      assertTrue(seconds > 0 && seconds <= 300, "Retry-After: " + seconds);
    }
    admin.get("me");
    assertEquals(200, get("/api/v1/me", "Bearer " + tokens.get(ROLES.get(0))).statusCode());
  }

  // ---------------------------------------------------------------- tools of these tests

  private JsonObject token(String label, String role) throws IOException {
    JsonObject made =
        admin.post("access-tokens", "{\"label\":\"%s\",\"role\":\"%s\"}".formatted(label, role));
    secret(made.getString("token"));
    return made;
  }

  private JsonObject listed(String id) throws IOException {
    return admin.items("access-tokens?limit=500").stream()
        .filter(item -> item.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private BrowserCalls signedIn(String name) throws IOException {
    BrowserCalls browser = BrowserCalls.signedIn(portcullis.address(), name);
    secret(browser.cookie().substring(BrowserCalls.COOKIE.length()));
    return browser;
  }

  /** Remembers what must be in no file. */
  private String secret(String shown) {
    shownSecrets.add(shown);
    return shown;
  }

  private HttpResponse<String> get(String path, String authorization) throws IOException {
    return nobody.get(path, "Authorization", authorization);
  }

  private JsonObject me(String... headers) throws IOException {
    return json(nobody.get("/api/v1/me", headers).body());
  }

  private HttpResponse<String> send(ResourceCall call, String authorization) throws IOException {
    return authorization.isEmpty()
        ? send(nobody, call)
        : send(nobody, call, "Authorization", authorization);
  }

  private static HttpResponse<String> send(
      BrowserCalls browser, ResourceCall call, String... headers) throws IOException {
    return browser.send(
        call.method(), "/api/" + call.url(), call.hasBody() ? JSON : "", call.body(), headers);
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static void assertProblem(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), () -> told(answer));
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse("none"),
        () -> told(answer));
    assertEquals(status, json(answer.body()).getInt("status"));
  }

  private static String told(HttpResponse<String> answer) {
    return answer.request().method()
        + " "
        + answer.uri()
        + ": "
        + answer.statusCode()
        + " "
        + answer.headers().map()
        + " "
        + answer.body();
  }
}
