package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.example.CompanyIdentityStore;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
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
    Path war = folder.resolve("with-store.war");
    ShrinkWrap.createFromZipFile(WebArchive.class, PortcullisProcess.war().toFile())
        .addAsLibrary(
            ShrinkWrap.create(JavaArchive.class, "company-store.jar")
                .addClass(CompanyIdentityStore.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"))
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    try (PortcullisProcess portcullis =
        PortcullisProcess.start(folder.resolve("data"), war, 0, SETTINGS)) {
      AdminApi admin = portcullis.admin();
      NodeCalls frps = portcullis.node("frps");
      JsonObject wrong = login(frps, "known to nobody");
      assertTrue(wrong.getBoolean("reject"), wrong::toString);
      assertEquals(
          "authentication.wrong-password",
          admin.items("audit?outcome=REJECTED&limit=1").get(0).getString("code"));
      JsonObject answer = login(frps, "known to the company");
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

  private static JsonObject login(NodeCalls at, String password) throws IOException {
    return at.ask(
        "Login",
        Json.createObjectBuilder()
            .add("version", "0.70.1")
            .add("user", "carol")
            .add("run_id", "run-carol")
            .add("metas", Json.createObjectBuilder().add("password", password))
            .add("client_spec", JsonObject.EMPTY_JSON_OBJECT)
            .add("pool_count", 1)
            .add("client_address", "192.0.2.1:1")
            .build()
            .toString());
  }
}
