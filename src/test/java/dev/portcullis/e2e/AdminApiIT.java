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
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The admin API and the plugin endpoint as administrators, strangers and broken clients call them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminApiIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String PASSWORD = TestUsers.PASSWORD;

  private static final String NOT_ADMITTED = "does not admit this user";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final List<String> shownSecrets = new ArrayList<>(List.of(PASSWORD));
  private Path data;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls frps;
  private int names;
  private int mark;
  private int guesses;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    portcullis = PortcullisProcess.start(data, 0, Map.of("portcullis.answer-budget", "PT5S"));
    admin = portcullis.admin();
    frps = node("frps");
  }

  @AfterEach
  void nothingHasFailedInside() {
    List<String> log = portcullis.log();
    List<String> news = log.subList(mark, log.size());
    mark = log.size();
    assertTrue(
        news.stream()
            .noneMatch(line -> line.startsWith("\tat ") || line.contains("administrator failed")),
        () -> String.join("\n", news));
  }

  @AfterAll
  void stop() throws IOException {
    portcullis.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, ISO_8859_1);
        shownSecrets.forEach(
            secret -> assertFalse(content.contains(secret), "a secret is in " + file));
      }
    }
  }

  // ---------------------------------------------------------------- who may call

  static Stream<ResourceCall> adminCalls() {
    return ResourceCall.all();
  }

  static Stream<ResourceCall> callsThatNeedARole() {
    return adminCalls().filter(call -> !call.isForEverybody());
  }

  static Stream<ResourceCall> callsWithBody() {
    return adminCalls().filter(ResourceCall::hasBody);
  }

  static Stream<String> lists() {
    return Stream.of("accounts", "groups", "nodes", "leases", "sessions", "audit");
  }

  @Test
  void everyResourceIsBelowTheProtectedPathOrOpenOnPurpose() {
    Set<String> paths =
        ResourceCall.resources().map(ResourceCall::path).collect(Collectors.toSet());
    assertTrue(paths.containsAll(ResourceCall.OPEN));
    paths.removeAll(ResourceCall.OPEN);
    assertTrue(paths.stream().allMatch(path -> path.startsWith("v1/")), paths::toString);
    assertTrue(
        paths.containsAll(lists().map(list -> "v1/" + list).toList()), () -> "missed in " + paths);
    assertTrue(adminCalls().count() >= 26, "the scan has missed methods");
  }

  @ParameterizedTest
  @MethodSource("adminCalls")
  void refusesEveryCallWithoutCredentials(ResourceCall call) throws IOException {
    HttpResponse<String> answer = send(call, null);
    assertUnauthorized(answer);
  }

  @ParameterizedTest
  @MethodSource("adminCalls")
  void refusesEveryCallWithAWrongPassword(ResourceCall call) throws IOException {
    HttpResponse<String> answer = send(call, basic("attacked", "guess"));
    guesses++;
    if (guesses > 20 && answer.statusCode() == 429) {
      assertProblem(429, answer, "try again in");
      assertTrue(answer.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    } else {
      assertUnauthorized(answer);
    }
  }

  @ParameterizedTest
  @MethodSource("callsThatNeedARole")
  void refusesEveryCallOfAUserWithoutTheRole(ResourceCall call) throws IOException {
    HttpResponse<String> answer = send(call, basic("reader", PASSWORD));
    assertEquals(403, answer.statusCode(), answer.body());
    assertTellsNothingInternal(answer.body());
  }

  @ParameterizedTest
  @MethodSource("adminCalls")
  void answersEveryCallOfAnAdministrator(ResourceCall call) throws IOException {
    HttpResponse<String> answer = send(call, basic("admin", PASSWORD));
    assertTrue(Set.of(200, 400, 404).contains(answer.statusCode()), () -> told(answer));
    if (answer.statusCode() >= 400) {
      assertProblem(answer.statusCode(), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic YWRtaW4=", "Digest a=\"b\"", "x"})
  void refusesCredentialsThatAreNone(String authorization) throws IOException {
    assertUnauthorized(send("GET", "/api/v1/accounts", authorization, null, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "bearer pct_abc", "Bearer ", "Bearer pct_"})
  void refusesBearerTokensThatAreNone(String authorization) throws IOException {
    HttpResponse<String> answer = send("GET", "/api/v1/accounts", authorization, null, "");
    assertProblem(401, answer, "Bearer token");
    assertEquals("Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
  }

  @Test
  void locksAUserAfterSomeWrongPasswordsAndNobodyElse() throws IOException {
    String right = basic("forgetful", PASSWORD);
    assertEquals(200, send("GET", "/api/v1/nodes", right, null, "").statusCode());
    int wrong = TestedServer.ofThisBuild().wrongPasswordsUntilLocked();
    for (int i = 0; i < wrong; i++) {
      assertUnauthorized(send("GET", "/api/v1/nodes", basic("forgetful", "guess" + i), null, ""));
    }
    HttpResponse<String> locked = send("GET", "/api/v1/nodes", right, null, "");
    if (wrong < 20) {
      assertUnauthorized(locked);
    } else {
      assertProblem(429, locked);
    }
    admin.get("nodes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api//v1/accounts",
        "//api/v1/accounts",
        "/api/./v1/accounts",
        "/api/v1/../v1/accounts",
        "/api/v1;x=y/accounts",
        "/api;x/v1/accounts",
        "/api/v1/;/accounts",
        "/api/%76%31/accounts",
        "/%61pi/v1/accounts",
        "/api/v1%2Faccounts",
        "/api%2fv1/accounts",
        "/api/V1/accounts",
        "/api/v1/accounts/",
        "/handler/../api/v1/accounts",
        "/handler/..;/api/v1/accounts",
        "/handler/%2e%2e/api/v1/accounts",
        "/handler/v1/accounts",
        "/api/handler/../v1/accounts"
      })
  void noSpellingOfThePathGetsInWithoutCredentials(String path) throws IOException {
    try (Wire wire = new Wire()) {
      wire.send("GET " + path + " HTTP/1.1", "Connection: close");
      int status = wire.status();
      assertTrue(Set.of(400, 401, 404, 405).contains(status), path + ": " + status);
    }
  }

  private static void assertUnauthorized(HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode(), answer.body());
    String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
    // Tomcat says that it reads UTF-8, others only do so
    assertEquals(
        "Basic realm=\"portcullis\"", challenge.replaceFirst(", charset=\"?UTF-8\"?$", ""));
    assertTellsNothingInternal(answer.body());
  }

  // ---------------------------------------------------------------- what is no proper request

  @ParameterizedTest
  @CsvSource({
    "GET, accounts/nobody",
    "DELETE, accounts/nobody",
    "GET, accounts/nobody/credentials",
    "DELETE, accounts/nobody/credentials/none",
    "GET, accounts/nobody/grants",
    "DELETE, accounts/nobody/grants/none",
    "GET, accounts/nobody/imposition",
    "GET, nodes/nobody",
    "DELETE, nodes/nobody",
    "GET, nodes/nobody/secrets",
    "DELETE, nodes/nobody/secrets/none",
    "GET, nodes/nobody/imposition",
    "DELETE, nodes/frps/secrets/none",
    "DELETE, leases/none"
  })
  void unknownNameIsNotFoundAndNamed(String method, String path) throws IOException {
    String name = path.contains("nobody") ? "nobody" : "none";
    assertProblem(404, admin.call(method, path, ""), "'" + name + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, accounts/nobody, {}",
    "POST, accounts/nobody/credentials, {}",
    "POST, accounts/nobody/grants, {}",
    "PUT, accounts/nobody/imposition, {}",
    "PATCH, nodes/nobody, {}",
    "POST, nodes/nobody/secrets, {}",
    "PUT, nodes/nobody/imposition, {}"
  })
  void unknownNameIsNotFoundToChange(String method, String path, String body) throws IOException {
    assertProblem(404, admin.call(method, path, body), "'nobody'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "accounts/nobody/nothing", "accounts/a/b/c/d", "audit/1"})
  void unknownPathIsNotFound(String path) throws IOException {
    assertProblem(404, admin.call("GET", path, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, accounts",
    "DELETE, accounts",
    "POST, accounts/nobody",
    "PATCH, nodes",
    "DELETE, nodes/frps/imposition",
    "POST, leases",
    "POST, sessions",
    "DELETE, audit",
    "PURGE, accounts"
  })
  void methodThatIsNotThereIsNotAllowed(String method, String path) throws IOException {
    assertProblem(405, admin.call(method, path, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain; charset=utf-8",
        FORM,
        "multipart/form-data; boundary=x",
        "application/xml",
        ""
      })
  void onlyJsonIsTakenSoThatNoOtherSiteCanPost(String type) throws IOException {
    for (String list :
        List.of("accounts", "nodes", "accounts/nobody/grants", "nodes/frps/secrets")) {
      HttpResponse<String> answer =
          send(
              "POST",
              "/api/v1/" + list,
              basic("admin", PASSWORD),
              type.isEmpty() ? null : type,
              "{\"name\":\"posted\"}");
      assertProblem(415, answer, "application/json");
    }
    assertProblem(404, admin.call("GET", "accounts/posted", ""));
    assertProblem(404, admin.call("GET", "nodes/posted", ""));
  }

  @Test
  void onlyJsonIsGiven() throws IOException {
    HttpRequest request =
        request("/api/v1/nodes", basic("admin", PASSWORD))
            .header("Accept", "application/xml")
            .build();
    assertProblem(406, send(request));
  }

  /** A body, and words of the sentence that says what is wrong with it. */
  record Wrong(String body, String... words) {
    @Override
    public String toString() {
      return body.length() > 60 ? body.substring(0, 60) + "..." : body;
    }
  }

  static Stream<Wrong> wrongAccounts() {
    return Stream.of(
        new Wrong("{\"name\":", "JSON"),
        new Wrong("{\"name\":\"wrong\"} x", "JSON"),
        new Wrong("{\"name\":\"wrong\"}{}", "JSON"),
        new Wrong("{'name':'wrong'}", "JSON"),
        new Wrong("{name:\"wrong\"}", "JSON"),
        new Wrong("name=wrong", "JSON"),
        new Wrong("[]", "object"),
        new Wrong("\"wrong\"", "object"),
        new Wrong("5", "object"),
        new Wrong("true", "object"),
        new Wrong(" ", "name"),
        new Wrong("null", "name"),
        new Wrong("{}", "name"),
        new Wrong("{\"name\":null}", "name"),
        new Wrong("{\"name\":5}", "'name'", "text"),
        new Wrong("{\"name\":{}}", "'name'", "text"),
        new Wrong("{\"name\":[\"wrong\"]}", "'name'", "text"),
        new Wrong("{\"name\":true}", "'name'", "text"),
        new Wrong("{\"name\":\"wrong\",\"name\":\"wrong2\"}", "twice"),
        new Wrong("{\"name\":\"wrong\",\"colour\":\"red\"}", "'colour'", "expiresAt"),
        new Wrong("{\"name\":\"wrong\",\"expiresat\":\"\"}", "'expiresat'", "expiresAt"),
        new Wrong("{\"name\":\"wrong\",\"enabled\":\"false\"}", "'enabled'", "true or false"),
        new Wrong("{\"name\":\"wrong\",\"enabled\":0}", "'enabled'", "true or false"),
        new Wrong("{\"name\":\"wrong\",\"expiresAt\":1}", "'expiresAt'", "text"),
        new Wrong("{\"name\":\"wrong\",\"expiresAt\":\"soon\"}", "expiresAt", "2027-01-31"),
        new Wrong("{\"name\":\"wrong\",\"expiresAt\":\"2027-02-30T00:00:00Z\"}", "expiresAt"),
        // beyond what PostgreSQL can keep
        new Wrong("{\"name\":\"wrong\",\"expiresAt\":\"+300000-01-01T00:00:00Z\"}", "expiresAt"),
        new Wrong("{\"name\":\"wrong\",\"expiresAt\":\"-300000-01-01T00:00:00Z\"}", "expiresAt"),
        new Wrong("{\"name\":\"wrong\",\"description\":\"" + "x".repeat(401) + "\"}", "400"),
        new Wrong("{\"name\":\"wrong\",\"description\":\"a\\u0000b\"}", "'description'"),
        new Wrong("{\"name\":\"wrong\",\"description\":\"\\ud800\"}", "'description'"),
        new Wrong("{\"name\":\"wrong\",\"grants\":\"tcp\"}", "'grants'", "list"),
        new Wrong("{\"name\":\"wrong\",\"grants\":{}}", "'grants'", "list"),
        new Wrong("{\"name\":\"wrong\",\"grants\":[null]}", "'grants'"),
        new Wrong("{\"name\":\"wrong\",\"grants\":[5]}", "'grants'"),
        new Wrong("{\"name\":\"wrong\",\"grants\":[{}]}", "kinds are tcp-port"),
        new Wrong(
            "{\"name\":\"wrong\",\"grants\":[{\"kind\":\"tcp-port\",\"value\":6000}]}", "'value'"),
        new Wrong("{\"name\":\"wrong\",\"credentials\":[null]}", "'credentials'"),
        new Wrong("{\"name\":\"wrong\",\"credentials\":[{\"token\":\"short\"}]}", "token", "8"),
        new Wrong(
            "{\"name\":\"wrong\",\"credentials\":[{\"label\":\"" + "x".repeat(65) + "\"}]}",
            "label",
            "64"),
        new Wrong("{\"name\":\"wrong\",\"credentials\":[{\"expiresAt\":\"x\"}]}", "expiresAt"),
        new Wrong("{\"name\":\"wrong\",\"grants\":" + "[".repeat(100_000), "'grants'"),
        new Wrong("[".repeat(100_000), "object"),
        new Wrong("{\"name\":".repeat(50_000), "'name'"));
  }

  @ParameterizedTest
  @MethodSource("wrongAccounts")
  void wrongBodyIsRefusedWithASentenceAndMakesNothing(Wrong wrong) throws IOException {
    String name = newName();
    HttpResponse<String> answer =
        admin.call("POST", "accounts", wrong.body().replace("\"wrong\"", "\"" + name + "\""));
    assertProblem(400, answer, wrong.words());
    assertProblem(404, admin.call("GET", "accounts/" + name, ""));
  }

  @ParameterizedTest
  @MethodSource("callsWithBody")
  void noBodyMakesACallFailInside(ResourceCall call) throws IOException {
    for (String body :
        List.of(
            " ",
            "null",
            "{",
            "[]",
            "5",
            "\"x\"",
            "{\"nobody\":1}",
            "[".repeat(100_000),
            "{\"name\":\"" + "x".repeat(1024 * 1024) + "\"}")) {
      HttpResponse<String> answer = admin.call(call.method(), call.url().substring(3), body);
      assertTrue(Set.of(400, 404, 413).contains(answer.statusCode()), () -> told(answer));
      assertProblem(answer.statusCode(), answer);
    }
    HttpResponse<String> empty =
        send(call.method(), "/api/" + call.url(), basic("admin", PASSWORD), "application/json", "");
    assertTrue(Set.of(400, 404).contains(empty.statusCode()), () -> told(empty));
    assertProblem(empty.statusCode(), empty);
  }

  @Test
  void bodyThatIsNoUtf8IsRefused() throws IOException {
    HttpRequest request =
        request("/api/v1/accounts", basic("admin", PASSWORD))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    "{\"name\":\"wrong\",\"description\":\"\u00e4\"}".getBytes(ISO_8859_1)))
            .build();
    assertProblem(400, send(request), "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts?limit=%zz", "accounts?%=", "nodes?x=%f"})
  void brokenQueryIsNoFailureInside(String path) throws IOException {
    try (Wire wire = new Wire()) {
      wire.send(
          "GET /api/v1/" + path + " HTTP/1.1",
          "Connection: close",
          "Authorization: " + basic("admin", PASSWORD));
      assertTrue(wire.status() < 500, "an error of the server's");
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void nulInAParameterIsRefused(String list) throws IOException {
    assertProblem(400, admin.call("GET", list + "?after=%00", ""), "after is ");
  }

  // ---------------------------------------------------------------- accounts

  @Test
  void accountIsMadeShownChangedAndDeleted() throws IOException {
    String name = newName();
    JsonObject made =
        admin.post("accounts", "{\"name\":\"%s\",\"description\":\"Ops\"}".formatted(name));
    assertEquals(name, made.getString("name"));
    assertEquals("Ops", made.getString("description"));
    assertTrue(made.getBoolean("enabled"));
    assertTrue(made.getJsonArray("grants").isEmpty());
    assertTrue(made.getJsonArray("credentials").isEmpty());
    assertTrue(
        Duration.between(
                    OffsetDateTime.parse(made.getString("createdAt")).toInstant(), Instant.now())
                .abs()
                .toMinutes()
            < 1);
    assertEquals(made, admin.get("accounts/" + name));

    JsonObject changed = admin.patch("accounts/" + name, "{\"enabled\":false}");
    assertFalse(changed.getBoolean("enabled"));
    assertEquals("Ops", changed.getString("description"), "what is absent stays");
    admin.patch("accounts/" + name, "{\"description\":\"\"}");
    JsonObject again = admin.get("accounts/" + name);
    assertFalse(again.getBoolean("enabled"), "what is absent stays");
    assertEquals("", again.getString("description"));

    admin.delete("accounts/" + name);
    assertProblem(404, admin.call("GET", "accounts/" + name, ""), name);
    assertProblem(404, admin.call("DELETE", "accounts/" + name, ""), name);
  }

  @Test
  void accountsEndIsGivenInAnyOffsetAndShownInUtc() throws IOException {
    String name = newName();
    String end = "2099-01-31T12:00:00+02:00";
    JsonObject made =
        admin.post("accounts", "{\"name\":\"%s\",\"expiresAt\":\"%s\"}".formatted(name, end));
    for (JsonObject shown : List.of(made, admin.get("accounts/" + name))) {
      assertTrue(shown.getString("expiresAt").endsWith("Z"), shown::toString);
      assertEquals(
          OffsetDateTime.parse(end).toInstant(),
          OffsetDateTime.parse(shown.getString("expiresAt")).toInstant());
    }
    admin.patch("accounts/" + name, "{\"expiresAt\":\"\"}");
    assertFalse(admin.get("accounts/" + name).containsKey("expiresAt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a.b", "a b", "-a", "_a", "a/b", "a\\\\b", "a:b", "a@b", "*", "\\n", "\u2603"
      })
  void nameThatWouldNotDoForFrpIsRefused(String name) throws IOException {
    assertProblem(
        400,
        admin.call("POST", "accounts", "{\"name\":\"%s\"}".formatted(name)),
        "1 to 63 letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00df", "\ud801\udc00"})
  void nameHasAtMost63Letters(String letter) throws IOException {
    assertProblem(
        400,
        admin.call("POST", "accounts", "{\"name\":\"%s\"}".formatted(letter.repeat(64))),
        "1 to 63 letters");
    HttpResponse<String> longest =
        admin.call("POST", "accounts", "{\"name\":\"%s\"}".formatted(letter.repeat(63)));
    assertTrue(Set.of(201, 400).contains(longest.statusCode()), () -> told(longest));
  }

  @Test
  void accountIsMadeOnce() throws IOException {
    String name = newName();
    admin.account(name);
    assertProblem(
        409, admin.call("POST", "accounts", "{\"name\":\"%s\"}".formatted(name)), "'" + name + "'");
  }

  @Test
  void accountIsMadeWhollyOrNotAtAll() throws IOException {
    String name = newName();
    assertProblem(
        400,
        admin.call(
            "POST",
            "accounts",
            """
            {"name":"%s","credentials":[{}],
             "grants":[{"kind":"tcp-port","value":"6000"},{"kind":"tcp-port","value":"0"}]}
            """
                .formatted(name)),
        "tcp-port '0'");
    assertProblem(404, admin.call("GET", "accounts/" + name, ""));
    admin.account(name);
  }

  @Test
  void accountsNameGrantsAndCredentialsAreNotPatched() throws IOException {
    String name = newName();
    admin.account(name);
    for (String member : List.of("\"name\":\"other\"", "\"grants\":[]", "\"credentials\":[]")) {
      assertProblem(400, admin.call("PATCH", "accounts/" + name, "{" + member + "}"), "name stays");
    }
  }

  @Test
  void unicodeNameWorksFromTheAdminApiToTheAuditLog() throws IOException {
    String name = "Zo\u00eb-\u7530\u4e2d-\u00f8\u0661";
    String encoded = URLEncoder.encode(name, UTF_8);
    String token = account(name, "tcp-port 6100");
    assertEquals(name, admin.get("accounts/" + encoded).getString("name"));
    JsonObject login = frps.login(name, token, "");
    assertAllowed(login);
    assertEquals(name, login.getJsonObject("content").getString("user"));
    assertAllowed(newProxy(name, grantOf(login), 6100));
    assertEquals(name, admin.items("sessions?account=" + encoded).get(0).getString("account"));
    assertEquals(
        name + ".p", admin.items("leases?account=" + encoded).get(0).getString("proxyName"));
    assertEquals(name, admin.items("audit?account=" + encoded).get(0).getString("user"));
  }

  // ---------------------------------------------------------------- credentials

  @Test
  void tokenIsShownOnlyInTheAnswerThatMakesIt() throws IOException {
    String name = newName();
    String first = account(name, "tcp-port 6000");
    JsonObject second = admin.post("accounts/" + name + "/credentials", "{\"label\":\"laptop\"}");
    String token = secret(second.getString("token"));
    assertEquals("laptop", second.getString("label"));
    assertNotEquals(first, token);
    assertAllowed(frps.login(name, first, ""));
    assertAllowed(frps.login(name, token, ""));
    for (String path :
        List.of(
            "accounts/" + name,
            "accounts/" + name + "/credentials",
            "accounts?limit=500",
            "sessions?account=" + name,
            "audit?limit=500")) {
      String shown = admin.call("GET", path, "").body();
      assertFalse(shown.contains(first) || shown.contains(token), path + " shows a token");
      assertFalse(shown.contains("\"token\":"), path + " has a member for tokens");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 200})
  void tokenThatIsInUseElsewhereMayBeGiven(int length) throws IOException {
    String name = newName();
    admin.account(name);
    String token = secret(name + "-token-".repeat(length)).substring(0, length);
    JsonObject made =
        admin.post("accounts/" + name + "/credentials", "{\"token\":\"%s\"}".formatted(token));
    assertEquals(token, made.getString("token"));
    assertAllowed(frps.login(name, token, ""));
  }

  @ParameterizedTest
  @CsvSource({"'', 0 letters", "seven77, 7 letters"})
  void tokenTooShortIsRefused(String token, String words) throws IOException {
    String name = newName();
    admin.account(name);
    assertProblem(
        400,
        admin.call(
            "POST", "accounts/" + name + "/credentials", "{\"token\":\"%s\"}".formatted(token)),
        words);
    assertProblem(
        400,
        admin.call(
            "POST",
            "accounts/" + name + "/credentials",
            "{\"token\":\"%s\"}".formatted("x".repeat(201))),
        "201 letters");
  }

  @Test
  void tokenOfAnotherAccountIsNoUse() throws IOException {
    String owner = newName();
    String token = account(owner);
    String other = newName();
    account(other);
    assertRejected(NOT_ADMITTED, frps.login(other, token, ""));
    assertRejected(NOT_ADMITTED, frps.login("nobody", token, ""));
    assertRejected(NOT_ADMITTED, frps.login(owner, token + "x", ""));
    assertRejected(NOT_ADMITTED, frps.login(owner, "", ""));
    assertRejected(NOT_ADMITTED, frps.login("", token, ""));
  }

  @Test
  void revokedCredentialIsRefusedAtTheNextCallAndTheOthersAreNot() throws IOException {
    String name = newName();
    String kept = account(name, "tcp-port 6000");
    JsonObject revoked = admin.post("accounts/" + name + "/credentials", "{}");
    String token = secret(revoked.getString("token"));
    JsonObject session = frps.login(name, token, "");
    assertAllowed(session);
    admin.delete("accounts/" + name + "/credentials/" + revoked.getString("id"));
    assertRejected(NOT_ADMITTED, frps.login(name, token, ""));
    assertRejected(NOT_ADMITTED, newProxy(name, grantOf(session), 6000));
    assertAllowed(frps.login(name, kept, ""));
    assertProblem(
        404,
        admin.call("DELETE", "accounts/" + name + "/credentials/" + revoked.getString("id"), ""));
  }

  @Test
  void aTokenIsGivenToAnAccountOnce() throws IOException {
    admin.account("token-once");
    String wish = "{\"token\":\"the-token-that-was-there-before\"}";
    admin.post("accounts/token-once/credentials", wish);
    HttpResponse<String> again = admin.call("POST", "accounts/token-once/credentials", wish);
    assertProblem(409, again, "'token-once'");
    assertFalse(again.body().contains("the-token-that-was-there-before"));
  }

  @Test
  void credentialAndGrantAreNotReachedThroughAnotherAccount() throws IOException {
    String owner = newName();
    String token = account(owner, "tcp-port 6000");
    String other = newName();
    account(other);
    JsonObject shown = admin.get("accounts/" + owner);
    for (String list : List.of("credentials", "grants")) {
      String id = shown.getJsonArray(list).getJsonObject(0).getString("id");
      assertProblem(404, admin.call("DELETE", "accounts/" + other + "/" + list + "/" + id, ""), id);
    }
    assertEquals(shown, admin.get("accounts/" + owner));
    assertAllowed(frps.login(owner, token, ""));
  }

  @Test
  void expiryOfAccountsAndCredentialsCountsAtTheNextCall() throws IOException {
    String name = newName();
    String token = account(name);
    String past = "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}";
    String future = "{\"expiresAt\":\"2099-01-01T00:00:00Z\"}";
    assertAllowed(frps.login(name, token, ""));
    admin.patch("accounts/" + name, past);
    assertRejected(NOT_ADMITTED, frps.login(name, token, ""));
    admin.patch("accounts/" + name, future);
    assertAllowed(frps.login(name, token, ""));
    JsonObject ended = admin.post("accounts/" + name + "/credentials", past);
    assertRejected(NOT_ADMITTED, frps.login(name, secret(ended.getString("token")), ""));
    JsonObject live = admin.post("accounts/" + name + "/credentials", future);
    assertAllowed(frps.login(name, secret(live.getString("token")), ""));
  }

  // ---------------------------------------------------------------- grants

  @ParameterizedTest
  @CsvSource({
    "tcp-port, 6000, 6000",
    "tcp-port, 6000-6010, 6000-6010",
    "tcp-port, 6000-6000, 6000",
    "tcp-port, ' 06000 ', 6000",
    "tcp-port, 1-65535, 1-65535",
    "udp-port, 00053, 53",
    "domain, WWW.Example.COM, www.example.com",
    "domain, *.Example.com, *.example.com",
    "domain, ' example.com ', example.com",
    "domain, xn--bcher-kva.example, xn--bcher-kva.example",
    "subdomain, Alice-*, alice-*",
    "subdomain, ' alice ', alice",
    "proxy-type, ' stcp ', stcp",
    "proxy-name, ' Web-* ', Web-*"
  })
  void grantIsKeptInOneWayToWriteIt(String kind, String value, String kept) throws IOException {
    String name = newName();
    admin.account(name);
    String path = "accounts/" + name + "/grants";
    JsonObject made = admin.post(path, grant(kind, value));
    assertEquals(kind, made.getString("kind"));
    assertEquals(kept, made.getString("value"));
    assertEquals("[" + made + "]", admin.call("GET", path, "").body());
    assertProblem(409, admin.call("POST", path, grant(kind, kept)));
    admin.delete(path + "/" + made.getString("id"));
    assertProblem(404, admin.call("DELETE", path + "/" + made.getString("id"), ""));
    assertEquals("[]", admin.call("GET", path, "").body());
  }

  @ParameterizedTest
  @CsvSource({
    "tcp-port, ''",
    "tcp-port, 0",
    "tcp-port, 65536",
    "tcp-port, 99999999999",
    "tcp-port, 6010-6000",
    "tcp-port, 6000-",
    "tcp-port, -1",
    "tcp-port, http",
    "'tcp-port', '6000,6001'",
    "udp-port, 6000-70000",
    "domain, ''",
    "domain, example.com.",
    "domain, example.com:80",
    "domain, http://example.com",
    "domain, exa mple.com",
    "domain, a.*.example.com",
    "domain, '*'",
    "domain, b\u00fccher.example",
    "domain, -a.example.com",
    "subdomain, a.b",
    "subdomain, -a",
    "subdomain, a_b",
    "subdomain, ''",
    "proxy-type, ftp",
    "proxy-type, TCP",
    "proxy-name, ''"
  })
  void wrongGrantIsRefusedAndNamed(String kind, String value) throws IOException {
    String name = newName();
    admin.account(name);
    String path = "accounts/" + name + "/grants";
    assertProblem(400, admin.call("POST", path, grant(kind, value)), kind + " '" + value + "': ");
    assertEquals("[]", admin.call("GET", path, "").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"kind\":\"tcp-port\"}",
        "{\"value\":\"6000\"}",
        "{\"kind\":\"port\",\"value\":\"6000\"}",
        "{\"kind\":\"TCP_PORT\",\"value\":\"6000\"}"
      })
  void grantOfNoKindIsToldTheKinds(String body) throws IOException {
    String name = newName();
    admin.account(name);
    assertProblem(
        400,
        admin.call("POST", "accounts/" + name + "/grants", body),
        "tcp-port, udp-port, domain, subdomain, proxy-type, proxy-name");
  }

  @Test
  void grantsCountAtTheNextCall() throws IOException {
    String name = newName();
    String token = account(name);
    String session = grantOf(frps.login(name, token, ""));
    assertTrue(newProxy(name, session, 6200).getBoolean("reject"));
    JsonObject made = admin.post("accounts/" + name + "/grants", grant("tcp-port", "6200"));
    assertAllowed(newProxy(name, session, 6200));
    admin.delete("accounts/" + name + "/grants/" + made.getString("id"));
    assertTrue(newProxy(name, session, 6200).getBoolean("reject"));
  }

  // ---------------------------------------------------------------- impositions

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "nodes"})
  void impositionIsReplacedAsAWhole(String list) throws IOException {
    String name = newName();
    admin.post(list, "{\"name\":\"%s\"}".formatted(name));
    String path = list + "/" + name + "/imposition";
    String nothing = "{\"bandwidthLimit\":\"\",\"headers\":{},\"metas\":{},\"responseHeaders\":{}}";
    assertEquals(json(nothing), admin.get(path));
    String all =
        """
        {"bandwidthLimit":"500KB","headers":{"X-Account":"${account} ${node}"},
         "metas":{"proxy":"${proxy}"},"responseHeaders":{"X-Run":"${run_id}"}}
        """;
    assertEquals(json(all), admin.put(path, all));
    assertEquals(json(all), admin.get(path));
    admin.put(path, "{\"bandwidthLimit\":\" 1MB \"}");
    assertEquals(
        json(nothing.replace("\"bandwidthLimit\":\"\"", "\"bandwidthLimit\":\"1MB\"")),
        admin.get(path));
    admin.put(path, "{}");
    assertEquals(json(nothing), admin.get(path));
  }

  static Stream<Wrong> wrongImpositions() {
    return Stream.of(
        new Wrong("null", "bandwidthLimit"),
        new Wrong("{\"bandwidthLimit\":\"fast\"}", "bandwidthLimit is 'fast'"),
        new Wrong("{\"bandwidthLimit\":\"1GB\"}", "bandwidthLimit is '1GB'"),
        new Wrong("{\"bandwidthLimit\":\"1mb\"}", "bandwidthLimit is '1mb'"),
        new Wrong("{\"bandwidthLimit\":\"0MB\"}", "bandwidthLimit is '0MB'"),
        new Wrong("{\"bandwidthLimit\":\"-1MB\"}", "bandwidthLimit is '-1MB'"),
        new Wrong("{\"bandwidthLimit\":1}", "'bandwidthLimit'"),
        new Wrong("{\"headers\":{\"X Y\":\"v\"}}", "headers: 'X Y'"),
        new Wrong("{\"headers\":{\"\":\"v\"}}", "headers: ''"),
        new Wrong("{\"headers\":{\"X:\":\"v\"}}", "headers: 'X:'"),
        new Wrong("{\"headers\":{\"X\\r\\nY\":\"v\"}}", "headers: '"),
        new Wrong("{\"headers\":{\"\u00c4\":\"v\"}}", "headers: '\u00c4'"),
        new Wrong("{\"headers\":{\"X\":\"a\\r\\nb\"}}", "headers.X"),
        new Wrong("{\"headers\":{\"X\":\"${who}\"}}", "headers.X", "${account}"),
        new Wrong("{\"headers\":{\"X\":\"${}\"}}", "headers.X", "${account}"),
        new Wrong("{\"headers\":{\"X\":null}}", "headers.X"),
        new Wrong("{\"headers\":{\"X\":5}}", "headers", "X"),
        new Wrong("{\"headers\":[\"X\"]}", "'headers'"),
        new Wrong("{\"headers\":{\"X\":\"" + "x".repeat(501) + "\"}}", "headers.X", "500"),
        new Wrong("{\"responseHeaders\":{\"X Y\":\"v\"}}", "responseHeaders: 'X Y'"),
        new Wrong("{\"metas\":{\"-x\":\"v\"}}", "metas: '-x'"),
        new Wrong("{\"metas\":{\"x\":\"${token}\"}}", "metas.x", "${account}"),
        new Wrong("{\"bandwidth\":\"1MB\"}", "'bandwidth'", "bandwidthLimit"));
  }

  @ParameterizedTest
  @MethodSource("wrongImpositions")
  void wrongImpositionIsRefusedAndNamed(Wrong wrong) throws IOException {
    String before = admin.call("GET", "nodes/frps/imposition", "").body();
    assertProblem(400, admin.call("PUT", "nodes/frps/imposition", wrong.body()), wrong.words());
    assertEquals(before, admin.call("GET", "nodes/frps/imposition", "").body());
  }

  @Test
  void impositionCountsAtTheNextCallAndTheAccountsStandsBeforeTheNodes() throws IOException {
    String name = newName();
    String token = account(name, "tcp-port 6300");
    String nodeName = newName();
    NodeCalls node = node(nodeName);
    String session = grantOf(node.login(name, token, ""));
    admin.put("nodes/" + nodeName + "/imposition", "{\"bandwidthLimit\":\"2MB\"}");
    assertEquals("2MB", bandwidth(newProxy(node, name, session, 6300)));
    admin.put("accounts/" + name + "/imposition", "{\"bandwidthLimit\":\"1MB\"}");
    assertEquals("1MB", bandwidth(newProxy(node, name, session, 6300)));
    admin.put("accounts/" + name + "/imposition", "{}");
    assertEquals("2MB", bandwidth(newProxy(node, name, session, 6300)));
  }

  private static String bandwidth(JsonObject answer) {
    assertAllowed(answer);
    JsonObject content = answer.getJsonObject("content");
    assertEquals("server", content.getString("bandwidth_limit_mode"));
    return content.getString("bandwidth_limit");
  }

  // ---------------------------------------------------------------- nodes

  @Test
  void nodesSecretIsShownOnlyInTheAnswerThatMakesIt() throws IOException {
    String name = newName();
    JsonObject made =
        admin.post("nodes", "{\"name\":\"%s\",\"description\":\"Berlin\"}".formatted(name));
    String first = secret(made.getString("secret"));
    assertEquals("Berlin", made.getString("description"));
    assertTrue(made.getBoolean("enabled") && made.getBoolean("metaAuthentication"));
    String second = secret(admin.post("nodes/" + name + "/secrets", "{}").getString("secret"));
    assertNotEquals(first, second);
    for (String path :
        List.of(
            "nodes/" + name, "nodes/" + name + "/secrets", "nodes?limit=500", "audit?limit=500")) {
      String shown = admin.call("GET", path, "").body();
      assertFalse(shown.contains(first) || shown.contains(second), path + " shows a secret");
      assertFalse(shown.contains("\"secret\":"), path + " has a member for secrets");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.b", "a:b", "-a", "\u00e4", "a/b"})
  void nodeNameThatWouldNotDoInAUrlIsRefused(String name) throws IOException {
    assertProblem(
        400, admin.call("POST", "nodes", "{\"name\":\"%s\"}".formatted(name)), "1 to 63 letters");
  }

  @Test
  void nodeIsMadeOnceAndKeepsItsName() throws IOException {
    assertProblem(409, admin.call("POST", "nodes", "{\"name\":\"frps\"}"), "'frps'");
    assertProblem(400, admin.call("PATCH", "nodes/frps", "{\"name\":\"other\"}"), "name stays");
    assertProblem(
        400,
        admin.call("PATCH", "nodes/frps", "{\"description\":\"%s\"}".formatted("x".repeat(401))),
        "400");
    assertEquals(
        "Paris", admin.patch("nodes/frps", "{\"description\":\"Paris\"}").getString("description"));
    assertTrue(admin.get("nodes/frps").getBoolean("enabled"), "what is absent stays");
  }

  @Test
  void rotationWithoutOverlapEndsTheOldSecretAtOnce() throws IOException {
    String name = newName();
    NodeCalls old = node(name);
    assertEquals(200, status(old));
    NodeCalls fresh = rotated(name, "{\"overlapSeconds\":0}");
    assertEquals(401, status(old));
    assertEquals(200, status(fresh));
  }

  @Test
  void rotationWithOverlapLetsBothInUntilTheOldOneIsRevoked() throws IOException {
    String name = newName();
    NodeCalls old = node(name);
    NodeCalls fresh = rotated(name, "{\"overlapSeconds\":600}");
    assertEquals(200, status(old));
    assertEquals(200, status(fresh));
    List<JsonObject> secrets = array("nodes/" + name + "/secrets");
    assertEquals(2, secrets.size());
    assertFalse(secrets.get(1).containsKey("expiresAt"), "the new one has no end");
    long left =
        Duration.between(
                Instant.now(),
                OffsetDateTime.parse(secrets.get(0).getString("expiresAt")).toInstant())
            .toSeconds();
    assertTrue(540 <= left && left <= 600, "seconds left: " + left);
    admin.delete("nodes/" + name + "/secrets/" + secrets.get(0).getString("id"));
    assertEquals(401, status(old));
    assertEquals(200, status(fresh));
    assertProblem(
        404,
        admin.call("DELETE", "nodes/frps/secrets/" + secrets.get(1).getString("id"), ""),
        "'frps'");
    assertEquals(200, status(fresh));
  }

  @Test
  void rotationOverlapsForADayUnlessToldOtherwise() throws IOException {
    String name = newName();
    NodeCalls old = node(name);
    rotated(name, "{}");
    assertEquals(200, status(old));
    OffsetDateTime end =
        OffsetDateTime.parse(array("nodes/" + name + "/secrets").get(0).getString("expiresAt"));
    assertEquals(23, Duration.between(Instant.now(), end.toInstant()).toHours());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "2592001", "9223372036854775807", "99999999999999999999", "1.5", "\"0\""})
  void overlapOutOfRangeIsRefused(String seconds) throws IOException {
    assertProblem(
        400,
        admin.call("POST", "nodes/frps/secrets", "{\"overlapSeconds\":" + seconds + "}"),
        "overlapSeconds");
  }

  @Test
  void disabledNodeIsUnknownAtTheNextCallAndKnownAgainWhenEnabled() throws IOException {
    String name = newName();
    NodeCalls node = node(name);
    for (int i = 0; i < 5; i++) {
      assertEquals(200, status(node));
      admin.patch("nodes/" + name, "{\"enabled\":false}");
      assertEquals(401, status(node));
      admin.patch("nodes/" + name, "{\"enabled\":true}");
    }
    assertEquals(200, status(node));
    admin.delete("nodes/" + name);
    assertEquals(401, status(node));
    NodeCalls namesake = node(name);
    assertEquals(401, status(node));
    assertEquals(200, status(namesake));
  }

  @Test
  void nodeIsAskedByItsOwnPathOnly() throws IOException {
    String name = newName();
    NodeCalls node = node(name);
    byte[] body = "{}".getBytes(UTF_8);
    assertEquals(200, node.post("/handler/" + name, body).statusCode());
    assertEquals(401, node.post("/handler/frps", body).statusCode());
    assertEquals(401, frps.post("/handler/" + name, body).statusCode());
    assertEquals(
        401,
        new NodeCalls(node.address(), "frps", node.secret()).post("/handler", body).statusCode());
  }

  @Test
  void nodeIsKnownByNameAndSecretInThePath() throws IOException {
    String name = newName();
    NodeCalls node = node(name);
    assertEquals(200, handler("/handler/" + name + "/" + node.secret(), null, "{}").statusCode());
    assertUnknownNode(handler("/handler/" + name + "/" + frps.secret(), null, "{}"));
    assertUnknownNode(handler("/handler/frps/" + node.secret(), null, "{}"));
  }

  @Test
  void nodeWithoutMetaAuthenticationRefusesWhatHasNoSession() throws IOException {
    String name = newName();
    String token = account(name, "tcp-port 6400");
    String nodeName = newName();
    NodeCalls node = node(nodeName);
    assertAllowed(node.newTcpProxy(name, token, "r-" + name, "p", 6400));
    admin.patch("nodes/" + nodeName, "{\"metaAuthentication\":false}");
    assertRejected("no session", node.newTcpProxy(name, token, "r-" + name, "p", 6400));
    assertAllowed(newProxy(node, name, grantOf(node.login(name, token, "")), 6400));
  }

  @Test
  void sessionOfOneNodeIsNoUseAtAnother() throws IOException {
    String name = newName();
    String token = account(name, "tcp-port 6401");
    NodeCalls other = node(newName());
    String session = grantOf(frps.login(name, token, ""));
    assertRejected("does not belong to the session", newProxy(other, name, session, 6401));
    assertAllowed(newProxy(name, session, 6401));
  }

  private NodeCalls node(String name) throws IOException {
    JsonObject made = admin.post("nodes", "{\"name\":\"%s\"}".formatted(name));
    return new NodeCalls(portcullis.address(), name, secret(made.getString("secret")));
  }

  private NodeCalls rotated(String name, String rotation) throws IOException {
    JsonObject made = admin.post("nodes/" + name + "/secrets", rotation);
    return new NodeCalls(portcullis.address(), name, secret(made.getString("secret")));
  }

  private static int status(NodeCalls node) throws IOException {
    return node.post("/handler", "{}".getBytes(UTF_8)).statusCode();
  }

  // ---------------------------------------------------------------- lists

  @Test
  void listIsReadPartByPart() throws IOException {
    for (int i = 0; i < 5; i++) {
      admin.account(newName());
    }
    List<String> all =
        admin.items("accounts?limit=500").stream().map(a -> a.getString("name")).toList();
    List<String> read = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonObject part = admin.get("accounts?limit=2&after=" + URLEncoder.encode(next, UTF_8));
      List<JsonObject> items = part.getJsonArray("items").getValuesAs(JsonObject.class);
      assertTrue(items.size() == 2 || !part.containsKey("next"), part::toString);
      items.forEach(item -> read.add(item.getString("name")));
      next = part.getString("next", null);
    }
    assertEquals(all, read);
    assertEquals(new TreeSet<>(all).size(), all.size());
    assertTrue(admin.items("accounts").size() <= 50);
  }

  @Test
  void auditLogIsReadFromTheNewestOn() throws IOException {
    for (int i = 0; i < 4; i++) {
      admin.account(newName());
    }
    JsonObject part = admin.get("audit?limit=3&kind=ADMIN");
    List<String> ids = ids(part);
    assertEquals(ids.stream().sorted((a, b) -> b.compareTo(a)).toList(), ids);
    assertEquals(ids.get(2), part.getString("next"));
    List<String> more = ids(admin.get("audit?limit=3&kind=ADMIN&after=" + ids.get(2)));
    assertTrue(more.get(0).compareTo(ids.get(2)) < 0);
  }

  private static List<String> ids(JsonObject part) {
    return part.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("id"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lists")
  void limitGoesFrom1To500(String list) throws IOException {
    for (String limit : List.of("0", "501", "-1", "99999999999", "ten", "1.0", "")) {
      assertProblem(400, admin.call("GET", list + "?limit=" + limit, ""), "limit is ");
    }
    assertTrue(admin.items(list + "?limit=1").size() <= 1);
    admin.items(list + "?limit=500");
  }

  // ---------------------------------------------------------------- audit

  @Test
  void auditLogIsFilteredByEachMember() throws IOException {
    String name = newName();
    String token = account(name, "tcp-port 6500");
    String nodeName = newName();
    NodeCalls node = node(nodeName);
    JsonObject login = node.login(name, token, "");
    String runId = login.getJsonObject("content").getString("run_id");
    assertAllowed(newProxy(node, name, grantOf(login), 6500));
    assertTrue(newProxy(node, name, grantOf(login), 22).getBoolean("reject"));

    List<JsonObject> ofAccount = admin.items("audit?account=" + name);
    assertEquals(
        List.of("NewProxy REJECTED", "NewProxy ALLOWED", "Login CHANGED"),
        ofAccount.stream()
            .map(event -> event.getString("operation") + " " + event.getString("outcome"))
            .toList());
    JsonObject rejected = ofAccount.get(0);
    assertEquals(nodeName, rejected.getString("node"));
    assertEquals(runId, rejected.getString("runId"));
    assertEquals(name + ".p", rejected.getString("target"));
    assertEquals("DECISION", rejected.getString("kind"));
    assertFalse(rejected.getString("reason").isEmpty());
    assertFalse(rejected.getString("code").isEmpty());

    assertEquals(ofAccount, admin.items("audit?node=" + nodeName));
    assertEquals(ofAccount, admin.items("audit?runId=" + runId));
    assertEquals(
        List.of(rejected),
        admin.items("audit?account=" + name + "&code=" + rejected.getString("code")));
    assertEquals(
        List.of(rejected),
        admin.items("audit?correlationId=" + rejected.getString("correlationId")));
    assertEquals(List.of(rejected), admin.items("audit?node=" + nodeName + "&outcome=REJECTED"));
    assertEquals(
        List.of(ofAccount.get(1)), admin.items("audit?node=" + nodeName + "&outcome=ALLOWED"));
    assertEquals(
        List.of(ofAccount.get(2)), admin.items("audit?node=" + nodeName + "&outcome=CHANGED"));
    assertEquals(List.of(), admin.items("audit?node=" + nodeName + "&kind=CALL"));
    assertEquals(ofAccount, admin.items("audit?node=" + nodeName + "&kind=DECISION"));
    assertEquals(List.of(), admin.items("audit?account=nobody"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"outcome=maybe", "kind=maybe", "outcome=", "outcome=rejected"})
  void auditFilterThatIsNoneIsRefused(String filter) throws IOException {
    String[] words = filter.split("=", 2);
    assertProblem(400, admin.call("GET", "audit?" + filter, ""), words[0]);
  }

  @Test
  void auditLogSaysWhichAdministratorChangedWhat() throws IOException {
    String name = newName();
    admin.account(name, "tcp-port 6000");
    admin.patch("accounts/" + name, "{\"enabled\":false}");
    admin.put("accounts/" + name + "/imposition", "{\"bandwidthLimit\":\"1MB\"}");
    admin.delete("accounts/" + name);
    List<String> told =
        admin.items("audit?kind=ADMIN&limit=20").stream()
            .filter(event -> event.getString("target").endsWith(name))
            .map(
                event ->
                    "%s %s %s"
                        .formatted(
                            event.getString("actor"),
                            event.getString("operation"),
                            event.getString("target")))
            .toList();
    assertEquals(
        List.of(
            "admin account.delete " + name,
            "admin imposition.update account " + name,
            "admin account.update " + name,
            "admin account.create " + name,
            "admin grant.create " + name,
            "admin credential.create " + name),
        told);
  }

  // ---------------------------------------------------------------- leases and sessions

  @Test
  void leaseIsShownReleasedAndFreeForOthersAtTheNextCall() throws IOException {
    String holder = newName();
    String token = account(holder, "tcp-port 6600");
    String other = newName();
    String otherToken = account(other, "tcp-port 6600");
    JsonObject login = frps.login(holder, token, "");
    assertAllowed(newProxy(holder, grantOf(login), 6600));
    String otherSession = grantOf(frps.login(other, otherToken, ""));
    assertRejected("held by another account", newProxy(other, otherSession, 6600));

    JsonObject lease = admin.items("leases?account=" + holder).get(0);
    assertEquals(6600, lease.getInt("remotePort"));
    assertEquals("frps", lease.getString("node"));
    assertEquals(holder + ".p", lease.getString("proxyName"));
    assertEquals("tcp", lease.getString("proxyType"));
    assertEquals(login.getJsonObject("content").getString("run_id"), lease.getString("runId"));
    assertTrue(lease.getBoolean("held"));
    assertFalse(lease.containsKey("releasedAt"));

    String path = "leases/" + lease.getString("id");
    admin.delete(path);
    assertAllowed(newProxy(other, otherSession, 6600));
    assertEquals(List.of(), admin.items("leases?account=" + holder));
    JsonObject released = admin.items("leases?held=false&account=" + holder).get(0);
    assertEquals(lease.getString("id"), released.getString("id"));
    assertTrue(released.containsKey("releasedAt"));
    assertProblem(404, admin.call("DELETE", path, ""), lease.getString("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"perhaps", "1", "no"})
  void leaseFilterThatIsNoneIsRefused(String held) throws IOException {
    assertProblem(400, admin.call("GET", "leases?held=" + held, ""), "held");
  }

  @Test
  void sessionIsShownFromItsLoginOn() throws IOException {
    String name = newName();
    String token = account(name);
    assertEquals(List.of(), admin.items("sessions?account=" + name));
    String runId = frps.login(name, token, "").getJsonObject("content").getString("run_id");
    JsonObject session = admin.items("sessions?account=" + name).get(0);
    assertEquals(runId, session.getString("runId"));
    assertEquals("frps", session.getString("node"));
    int first = session.getInt("generation");
    assertEquals("0.70.1", session.getString("clientVersion"));
    assertEquals("192.0.2.1:1", session.getString("clientAddress"));
    assertAllowed(frps.login(name, token, runId));
    assertEquals(first + 1, admin.items("sessions?account=" + name).get(0).getInt("generation"));
  }

  // ---------------------------------------------------------------- in force at once

  @Test
  void disabledAccountIsRejectedAtTheNextCallAndAllowedWhenEnabled() throws IOException {
    String name = newName();
    String token = account(name, "tcp-port 6700");
    String session = grantOf(frps.login(name, token, ""));
    for (int i = 0; i < 10; i++) {
      assertAllowed(newProxy(name, session, 6700));
      admin.patch("accounts/" + name, "{\"enabled\":false}");
      assertRejected(NOT_ADMITTED, frps.login(name, token, ""));
      assertRejected(NOT_ADMITTED, newProxy(name, session, 6700));
      admin.patch("accounts/" + name, "{\"enabled\":true}");
      assertAllowed(frps.login(name, token, ""));
    }
  }

  @Test
  void accountThatIsMadeIsAllowedThoughItWasJustUnknown() throws IOException {
    String name = newName();
    for (int i = 0; i < 3; i++) {
      assertRejected(NOT_ADMITTED, frps.login(name, "no token of anybody", ""));
      String token = account(name);
      assertAllowed(frps.login(name, token, ""));
      admin.delete("accounts/" + name);
    }
  }

  @Test
  void sessionOfADeletedAccountIsNoneOfItsNamesake() throws IOException {
    String name = newName();
    String account =
        """
        {"name":"%s","credentials":[{"token":"the same as before"}],
         "grants":[{"kind":"tcp-port","value":"6800"}]}
        """
            .formatted(name);
    admin.post("accounts", account);
    JsonObject login = frps.login(name, "the same as before", "");
    String session = grantOf(login);
    assertAllowed(newProxy(name, session, 6800));
    admin.delete("accounts/" + name);
    assertRejected(NOT_ADMITTED, newProxy(name, session, 6800));
    admin.post("accounts", account);
    assertRejected(NOT_ADMITTED, newProxy(name, session, 6800));
    assertEquals(
        "authentication.account-deleted",
        admin.items("audit?outcome=REJECTED&limit=1").get(0).getString("code"));
    assertAllowed(frps.login(name, "the same as before", ""));
  }

  // ---------------------------------------------------------------- the plugin endpoint

  @Test
  void unknownNodeGetsAnEmptyAnswerThatAsksForNothing() throws IOException {
    for (String path :
        List.of("/handler", "/handler/frps", "/handler/frps/wrong", "/api/handler")) {
      assertUnknownNode(handler(path, null, "{}"));
      assertUnknownNode(handler(path, basic("frps", "wrong"), "{}"));
      assertUnknownNode(handler(path, basic("nobody", frps.secret()), "{}"));
      assertUnknownNode(handler(path, "Bearer " + frps.secret(), "{}"));
      assertUnknownNode(handler(path, "Basic " + frps.secret(), "{}"));
    }
    assertUnknownNode(handler("/handler", basic("admin", PASSWORD), "{}"));
    assertUnknownNode(handler("/handler", null, "x".repeat(2 * 1024 * 1024)));
  }

  @Test
  void unknownNodeIsAudited() throws IOException {
    String name = newName();
    handler("/handler", basic(name, "guess"), "{}");
    JsonObject event =
        admin.await("audit?code=node.unauthenticated", e -> e.getString("node").equals(name));
    assertEquals("CALL", event.getString("kind"));
    assertEquals("REJECTED", event.getString("outcome"));
    assertEquals("127.0.0.1", event.getString("clientAddress"));
    assertFalse(event.toString().contains("guess"), event::toString);
  }

  private static void assertUnknownNode(HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals("0", answer.headers().firstValue("Content-Length").orElse("none"));
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "PURGE"})
  void questionIsPostedOnly(String method) throws IOException {
    for (String authorization : Arrays.asList(null, basic("frps", frps.secret()))) {
      assertProblem(405, send(method, "/handler", authorization, null, ""));
    }
  }

  @Test
  void headOfTheEndpointIsNoFailure() throws IOException {
    HttpResponse<String> answer = send("HEAD", "/handler", null, null, "");
    assertEquals(405, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void answerIsJsonOfAKnownLength() throws IOException {
    String name = newName();
    String token = account(name);
    for (String question : List.of("no JSON", login(name, token))) {
      HttpResponse<String> answer = handler("/handler", basic("frps", frps.secret()), question);
      assertEquals(200, answer.statusCode());
      assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
      assertEquals(
          answer.body().getBytes(UTF_8).length,
          answer.headers().firstValueAsLong("Content-Length").orElse(-1));
    }
  }

  @Test
  void contentTypeAndQueryDoNotMatter() throws IOException {
    String name = newName();
    String token = account(name);
    for (String type :
        Arrays.asList(
            null,
            "text/plain",
            FORM,
            "multipart/form-data",
            "a/b/c",
            "text/plain; charset=x",
            "")) {
      for (String query : List.of("", "?op=Ping&version=9", "?", "?op", "?op=%ff")) {
        HttpResponse<String> answer =
            send(
                "POST", "/handler" + query, basic("frps", frps.secret()), type, login(name, token));
        assertEquals(200, answer.statusCode(), () -> type + " " + query);
        assertAllowed(json(answer.body()));
      }
    }
  }

  @Test
  void brokenQueryOfTheEndpointIsNoFailureInside() throws IOException {
    for (String authorization : List.of("", "Authorization: " + basic("frps", frps.secret()))) {
      try (Wire wire = new Wire()) {
        wire.send(
            "POST /handler?op=%zz HTTP/1.1",
            authorization.isEmpty() ? "X-Any: x" : authorization,
            "Content-Length: 0",
            "Connection: close");
        assertTrue(wire.status() < 500, "an error of the server's");
      }
    }
  }

  @Test
  void bodyInChunksIsRead() throws IOException {
    String name = newName();
    String token = account(name);
    HttpRequest request =
        request("/handler", basic("frps", frps.secret()))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(login(name, token).getBytes(UTF_8))))
            .build();
    assertAllowed(json(send(request).body()));
  }

  @Test
  void hugeBodyIsRejectedInTime() throws IOException {
    long begin = System.nanoTime();
    HttpResponse<String> answer = frps.post("/handler", new byte[2 * 1024 * 1024]);
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(200, answer.statusCode());
    assertRejected("more than 1048576 bytes", json(answer.body()));
    assertTrue(taken.toMillis() < 2_000, "it took " + taken);
    admin.await("audit?code=request.too-large", event -> event.getString("node").equals("frps"));
  }

  @Test
  void requestIdOfFrpsIsTheCorrelationId() throws IOException {
    String id = "id-of-" + newName();
    ask(id);
    assertEquals(1, admin.items("audit?correlationId=" + id).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "<script>", "'", "x.y"})
  void requestIdThatCouldDoHarmIsReplaced(String id) throws IOException {
    ask(id);
    ask("x".repeat(65));
    List<JsonObject> events = admin.items("audit?limit=2");
    for (JsonObject event : events) {
      assertEquals(36, event.getString("correlationId").length(), event::toString);
    }
    assertNotEquals(
        events.get(0).getString("correlationId"), events.get(1).getString("correlationId"));
  }

  private void ask(String requestId) throws IOException {
    HttpRequest request =
        request("/handler", basic("frps", frps.secret()))
            .header("X-Frp-Reqid", requestId)
            .POST(HttpRequest.BodyPublishers.ofString(login("nobody", "none")))
            .build();
    assertEquals(200, send(request).statusCode());
  }

  @Test
  void connectionIsKeptForTheNextQuestionWhateverTheAnswer() throws IOException {
    try (Wire wire = new Wire()) {
      for (String body : List.of("{}", login("nobody", "none"), "no JSON", "", "{}")) {
        wire.send(
            "POST /handler HTTP/1.1",
            "Authorization: " + basic("frps", frps.secret()),
            "Content-Length: " + body.getBytes(UTF_8).length,
            "",
            body);
        assertEquals(200, wire.status());
        assertTrue(json(wire.body()).getBoolean("reject"));
      }
      wire.send("POST /handler HTTP/1.1", "Content-Length: 2", "", "{}");
      assertEquals(401, wire.status());
      assertEquals("", wire.body());
      wire.send(
          "POST /handler HTTP/1.1",
          "Authorization: " + basic("frps", frps.secret()),
          "Content-Length: 2",
          "",
          "{}");
      assertEquals(200, wire.status());
    }
  }

  // ---------------------------------------------------------------- tools

  /** HTTP as it stands on the wire, where a client would mend what is sent. */
  private final class Wire implements AutoCloseable {
    private final Socket socket = new Socket("127.0.0.1", portcullis.port());
    private long bodyLength;

    Wire() throws IOException {
      socket.setSoTimeout(30_000);
    }

    /** Sends a request line and headers; after an empty line, the body. */
    void send(String requestLine, String... lines) throws IOException {
      List<String> all = new ArrayList<>(List.of(requestLine, "Host: portcullis"));
      all.addAll(Arrays.asList(lines));
      boolean hasBody = all.contains("");
      socket
          .getOutputStream()
          .write((String.join("\r\n", all) + (hasBody ? "" : "\r\n\r\n")).getBytes(UTF_8));
    }

    int status() throws IOException {
      String head = "";
      InputStream in = socket.getInputStream();
      while (!head.endsWith("\r\n\r\n")) {
        int next = in.read();
        assertTrue(next >= 0, "closed after: " + head);
        head += (char) next;
      }
      bodyLength =
          head.lines()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
              .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
              .findFirst()
              .orElse(0);
      return Integer.parseInt(head.split(" ")[1]);
    }

    String body() throws IOException {
      return new String(socket.getInputStream().readNBytes((int) bodyLength), UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private String newName() {
    return "name" + ++names;
  }

  /** Remembers what must be in no file. */
  private String secret(String shown) {
    shownSecrets.add(shown);
    return shown;
  }

  private String account(String name, String... grants) throws IOException {
    return secret(admin.account(name, grants));
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  private HttpRequest.Builder request(String path, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(portcullis.address() + path))
            .timeout(Duration.ofSeconds(60));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private HttpResponse<String> send(
      String method, String path, String authorization, String type, String body)
      throws IOException {
    HttpRequest.Builder request =
        request(path, authorization).method(method, HttpRequest.BodyPublishers.ofString(body));
    return send(type == null ? request.build() : request.header("Content-Type", type).build());
  }

  private HttpResponse<String> send(ResourceCall call, String authorization) throws IOException {
    return send(
        call.method(),
        "/api/" + call.url(),
        authorization,
        call.hasBody() ? "application/json" : null,
        call.body());
  }

  private HttpResponse<String> handler(String path, String authorization, String body)
      throws IOException {
    return send("POST", path, authorization, null, body);
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<JsonObject> array(String path) throws IOException {
    try (JsonReader reader =
        Json.createReader(new StringReader(admin.call("GET", path, "").body()))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static String grant(String kind, String value) {
    return Json.createObjectBuilder().add("kind", kind).add("value", value).build().toString();
  }

  private static String login(String user, String token) {
    return """
        {"version":"0.1.0","op":"Login","content":
         {"version":"0.70.1","os":"linux","arch":"amd64","user":"%s","run_id":"",
          "metas":{"token":"%s"},"client_spec":{},"pool_count":1,"client_address":"192.0.2.1:1"}}
        """
        .formatted(user, token);
  }

  /** The session that an answered login has opened, as frps brings it back: user with metas. */
  private static String grantOf(JsonObject login) {
    assertAllowed(login);
    JsonObject content = login.getJsonObject("content");
    return Json.createObjectBuilder()
        .add("user", content.getString("user"))
        .add("metas", content.getJsonObject("metas"))
        .add("run_id", content.getString("run_id"))
        .build()
        .toString();
  }

  private JsonObject newProxy(String user, String session, int port) throws IOException {
    return newProxy(frps, user, session, port);
  }

  private static JsonObject newProxy(NodeCalls node, String user, String session, int port)
      throws IOException {
    return node.ask(
        "NewProxy",
        "{\"user\":%s,\"proxy_name\":\"%s.p\",\"proxy_type\":\"tcp\",\"remote_port\":%d}"
            .formatted(session, user, port));
  }

  private static void assertAllowed(JsonObject answer) {
    assertFalse(answer.getBoolean("reject"), answer::toString);
  }

  private static void assertRejected(String words, JsonObject answer) {
    assertTrue(answer.getBoolean("reject"), answer::toString);
    assertTrue(answer.getString("reject_reason").contains(words), answer::toString);
  }

  private static void assertProblem(int status, HttpResponse<String> answer, String... words) {
    assertEquals(status, answer.statusCode(), () -> told(answer));
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse("none"),
        answer.body());
    JsonObject problem = json(answer.body());
    assertEquals(status, problem.getInt("status"));
    assertEquals(Set.of("type", "title", "status", "detail"), problem.keySet());
    assertTrue(
        problem.values().stream()
            .noneMatch(value -> value instanceof JsonString text && text.getString().isBlank()),
        answer.body());
    for (String word : words) {
      assertTrue(problem.getString("detail").contains(word), () -> word + " is not in " + problem);
    }
    assertTellsNothingInternal(answer.body());
  }

  private static void assertTellsNothingInternal(String body) {
    for (String word : List.of("\tat ", "\\tat ", "Exception", "Tomcat/", "TomEE", "org.apache")) {
      assertFalse(body.contains(word), body);
    }
  }

  private static String told(HttpResponse<String> answer) {
    return answer.request().method()
        + " "
        + answer.uri()
        + ": "
        + answer.statusCode()
        + " "
        + answer.body();
  }
}
