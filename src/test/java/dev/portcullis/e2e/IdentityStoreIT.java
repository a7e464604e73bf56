package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.example.CompanyIdentityStore;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunnel clients sign in with passwords that an identity store in the server knows. */
class IdentityStoreIT {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "portcullis.password-store", "server",
          "portcullis.sign-in", "password",
          "portcullis.first-login", "create",
          "portcullis.answer-budget", "PT30S");

  @TempDir private Path folder;

  @Test
  void asksTheStoreThatACompanyHasAdded() throws IOException {
    // what has OpenID Connect has it from Jakarta Security
    if (!TestedServer.ofThisBuild().hasOpenIdConnect()) {
      assertIsRefused();
      return;
    }
    Path war = PortcullisProcess.warWith(CompanyIdentityStore.class, folder);
    try (PortcullisProcess portcullis =
        PortcullisProcess.start(folder.resolve("data"), war, 0, SETTINGS)) {
      AdminApi admin = portcullis.admin();
      NodeCalls frps = portcullis.node("frps");
      JsonObject wrong = frps.login("carol", "password", "known to nobody", "run-1");
      assertTrue(wrong.getBoolean("reject"), wrong::toString);
      assertEquals(
          "authentication.wrong-password",
          admin.items("audit?outcome=REJECTED&limit=1").get(0).getString("code"));
      JsonObject answer = frps.login("carol", "password", "known to the company", "run-1");
      assertFalse(answer.getBoolean("reject"), answer::toString);
      assertEquals(
          "[\"staff\"]", admin.get("accounts/carol").getJsonArray("directoryGroups").toString());
      assertFalse(String.join("\n", portcullis.log()).contains("known to"), "a password is shown");
    }
  }

  private void assertIsRefused() throws IOException {
    try (LoggedProcess process =
        PortcullisProcess.launch(folder.resolve("data"), Ports.free(), SETTINGS)) {
      process.await(
          Pattern.compile("password-store is server, but there is no identity store"),
          Duration.ofMinutes(2));
    }
  }
}
