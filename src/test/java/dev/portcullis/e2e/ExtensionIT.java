package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.example.OwnerRequiredPolicy;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's jar, dropped into WEB-INF/lib, takes part; nothing of ours is edited. */
class ExtensionIT {
  @TempDir private Path folder;

  @Test
  void aPolicyOfAThirdPartyDecides() throws IOException {
    Path war = PortcullisProcess.warWith(OwnerRequiredPolicy.class, folder);
    try (PortcullisProcess portcullis =
        PortcullisProcess.start(
            folder.resolve("data"), war, 0, Map.of("portcullis.answer-budget", "PT30S"))) {
      AdminApi admin = portcullis.admin();
      NodeCalls frps = portcullis.node("frps");
      String token = admin.account("alice", "tcp-port 6000");
      String reason = frps.newTcpProxy("alice", token, "r", "ssh", 6000).getString("reject_reason");
      assertTrue(
          reason.startsWith(
              "Say who answers for this proxy: metadatas.owner = \"name@example.com\". (decision "),
          reason);
      // what is imposed further out counts
      admin.put("accounts/alice/imposition", "{\"metas\":{\"owner\":\"${account}\"}}");
      JsonObject answer = frps.newTcpProxy("alice", token, "r", "ssh", 6000);
      assertFalse(answer.getBoolean("reject"), answer::toString);
      assertEquals(
          "alice", answer.getJsonObject("content").getJsonObject("metas").getString("owner"));
    }
  }
}
