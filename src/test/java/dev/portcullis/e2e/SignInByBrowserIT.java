package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;

/** People sign in as they do: with a real browser, at the server's realm and at a real Keycloak. */
class SignInByBrowserIT {
  private static final By SIGN_IN = By.linkText("Sign in");
  private static final By SUBMIT = By.cssSelector("form button");
  private static final By SIGN_OUT = By.cssSelector("#sign-out button");

  @TempDir private Path folder;

  @Test
  void byTheFormAgainstTheServersRealm() throws IOException {
    try (PortcullisProcess portcullis =
            PortcullisProcess.start(folder.resolve("data"), 0, Map.of());
        Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.open(portcullis.address());
      browser.awaitText("Not signed in.");
      browser.click(SIGN_IN);
      browser.type("name", "auditor");
      browser.type("password", "a wrong one");
      browser.click(SUBMIT);
      browser.awaitText("The name or the password is wrong.");
      browser.type("name", "auditor");
      browser.type("password", TestUsers.PASSWORD);
      browser.click(SUBMIT);
      browser.awaitText("Signed in as auditor (portcullis-auditor).");
      assertEquals(portcullis.address().resolve("/"), browser.address());
      assertIsOurSession(browser);
      browser.click(SIGN_OUT);
      browser.awaitText("Signed out here.");
      browser.open(portcullis.address());
      browser.awaitText("Not signed in.");
    }
  }

  @Test
  void byOpenIdConnectAgainstKeycloak() throws IOException {
    try (Keycloak keycloak = Keycloak.start(Ports.free())) {
      Map<String, String> settings =
          Map.of(
              "portcullis.auth", "oidc",
              "portcullis.oidc.issuer", keycloak.issuer().toString(),
              "portcullis.oidc.client-id", "portcullis",
              "portcullis.oidc.client-secret", Keycloak.CLIENT_SECRET,
              "portcullis.roles.operator", "portcullis-operator,staff");
      if (!TestedServer.ofThisBuild().hasOpenIdConnect()) {
        assertIsRefused(settings);
        return;
      }
      try (PortcullisProcess portcullis =
          PortcullisProcess.start(folder.resolve("data"), 0, settings)) {
        signInAtKeycloak(portcullis.address(), keycloak, "admin", "portcullis-admin");
        signInAtKeycloak(portcullis.address(), keycloak, "auditor", "portcullis-auditor");
        // its group becomes a role by the mapping
        signInAtKeycloak(portcullis.address(), keycloak, "reader", "portcullis-operator");
      }
    }
  }

  private void signInAtKeycloak(URI address, Keycloak keycloak, String name, String role) {
    try (Browser browser = Browser.start(folder.resolve("profile-" + name))) {
      browser.open(address);
      browser.awaitText("Not signed in.");
      browser.click(SIGN_IN);
      browser.type("username", name);
      assertEquals(keycloak.issuer().getPort(), browser.address().getPort());
      browser.type("password", TestUsers.PASSWORD);
      browser.click(By.id("kc-login"));
      browser.awaitText("Signed in as " + name + " (" + role + ").");
      assertEquals(address.resolve("/"), browser.address());
      assertIsOurSession(browser);
      browser.click(SIGN_OUT);
      browser.awaitText("Signed out here.");
    }
  }

  private static void assertIsOurSession(Browser browser) {
    Cookie session = browser.cookie("portcullis");
    assertNotNull(session);
    assertTrue(session.isHttpOnly());
    assertEquals("Strict", session.getSameSite());
    // none of the server's is left
    assertNull(browser.cookie("JSESSIONID"));
  }

  /** A server without OpenID Connect says so, and does not start without sign-on. */
  private void assertIsRefused(Map<String, String> settings) throws IOException {
    try (LoggedProcess process =
        PortcullisProcess.launch(folder.resolve("data"), Ports.free(), settings)) {
      process.await(
          Pattern.compile("portcullis\\.auth is oidc, but this server has no OpenID Connect"),
          Duration.ofMinutes(2));
      assertFalse(String.join("\n", process.log()).contains(Keycloak.CLIENT_SECRET));
    }
  }
}
