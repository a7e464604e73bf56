package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.e2e.TestedServer.Forwarded;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that ends TLS stands before the admin API, and says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindProxyIT {
  private static final String SECURE_COOKIE = "__Host-portcullis=";

  private final Set<Forwarded> believed = TestedServer.ofThisBuild().believes();
  private Path folder;
  private PortcullisProcess portcullis;
  private BrowserCalls browser;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"), 0, Map.of("portcullis.proxies", "127\\.0\\.0\\.1"));
    browser = new BrowserCalls(portcullis.address(), "");
  }

  @AfterAll
  void stop() {
    portcullis.close();
  }

  private static String[] by(String scheme, String client) {
    return new String[] {"X-Forwarded-Proto", scheme, "X-Forwarded-For", client};
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/sign-in", "/api/v1/me", "/nothing"})
  void browsersAreToldToStayWithHttps(String path) throws IOException {
    List<String> expected =
        believed.contains(Forwarded.SCHEME) ? List.of("max-age=31536000") : List.of();
    HttpResponse<String> answer = browser.get(path, by("https", "198.51.100.1"));
    assertEquals(expected, answer.headers().allValues("Strict-Transport-Security"));
    HttpResponse<String> plain = browser.get(path, by("http", "198.51.100.1"));
    assertEquals(List.of(), plain.headers().allValues("Strict-Transport-Security"));
  }

  @Test
  void sessionOverHttpsIsInACookieThatPlainHttpNeitherSeesNorSets() throws IOException {
    String[] https = by("https", "198.51.100.2");
    HttpResponse<String> answer = browser.signIn("auditor", TestUsers.PASSWORD, https);
    assertEquals(303, answer.statusCode());
    List<String> ours =
        answer.headers().allValues("Set-Cookie").stream()
            .filter(line -> line.contains("portcullis="))
            .toList();
    assertEquals(1, ours.size(), ours::toString);
    String name = believed.contains(Forwarded.SCHEME) ? SECURE_COOKIE : BrowserCalls.COOKIE;
    assertTrue(ours.get(0).startsWith(name), "the name of the cookie");
    assertEquals(believed.contains(Forwarded.SCHEME), ours.get(0).endsWith("; Secure"));
    assertFalse(ours.get(0).contains("Domain="), "__Host- wants no domain");

    String pair = ours.get(0).split(";", 2)[0];
    BrowserCalls signedIn = new BrowserCalls(portcullis.address(), pair);
    assertEquals(200, signedIn.get("/api/v1/me", https).statusCode());
    // a neighbour or plain HTTP could have set the name without the prefix
    BrowserCalls planted =
        new BrowserCalls(
            portcullis.address(), BrowserCalls.COOKIE + pair.substring(pair.indexOf('=') + 1));
    assertEquals(
        believed.contains(Forwarded.SCHEME) ? 401 : 200,
        planted.get("/api/v1/me", https).statusCode());
    assertEquals(303, signedIn.post("/sign-out", Map.of(), https).statusCode());
    assertEquals(401, signedIn.get("/api/v1/me", https).statusCode());
  }

  @Test
  void auditLogSaysWhereTheClientIs() throws IOException {
    browser.signIn("lost", "wrong", by("https", "203.0.113.7"));
    JsonObject event =
        portcullis
            .admin()
            .await(
                "audit?kind=ADMIN&outcome=REJECTED&limit=500",
                item -> item.getString("actor").equals("lost"));
    assertEquals(
        believed.contains(Forwarded.ADDRESS) ? "203.0.113.7" : "127.0.0.1",
        event.getString("clientAddress"));
  }

  /** Else whoever guesses would say that it is somebody else each time. */
  @Test
  void headersOfAnybodyElseCountForNothing() throws IOException {
    try (PortcullisProcess direct =
        PortcullisProcess.start(folder.resolve("direct"), 0, Map.of())) {
      BrowserCalls forger = new BrowserCalls(direct.address(), "");
      for (int i = 0; i < 20; i++) {
        assertEquals(
            401, forger.signIn("nobody", "guess", by("http", "203.0.113." + i)).statusCode());
      }
      assertEquals(429, forger.signIn("nobody", "guess", by("http", "203.0.113.99")).statusCode());
    }
  }
}
