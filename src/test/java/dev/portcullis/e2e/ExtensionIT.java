package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.example.OwnerRequiredPolicy;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's jar, dropped into WEB-INF/lib, takes part; nothing of ours is edited. */
class ExtensionIT {
  @TempDir private Path folder;

  @Test
  void aPolicyOfAThirdPartyDecides() throws IOException {
    Path war = folder.resolve("war");
    copy(Path.of(System.getProperty("portcullis.war").replaceAll("\\.war$", "")), war);
    File jar = war.resolve("WEB-INF/lib/owner-required.jar").toFile();
    ShrinkWrap.create(JavaArchive.class)
        .addClass(OwnerRequiredPolicy.class)
        .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml")
        .as(ZipExporter.class)
        .exportTo(jar);
    try (PortcullisProcess portcullis =
        PortcullisProcess.start(
            folder.resolve("data"),
            0,
            Map.of("portcullis.war", war.toString(), "portcullis.answer-budget", "PT30S"))) {
      PortcullisProcess.FirstStart shown = portcullis.firstStart();
      AdminApi admin = new AdminApi(portcullis.address(), "admin", shown.password());
      NodeCalls frps = new NodeCalls(portcullis.address(), "frps", shown.secret());
      String token = admin.account("alice", "tcp-port 6000");
      assertEquals(
          "Say who answers for this proxy: metadatas.owner = \"name@example.com\".",
          frps.newTcpProxy("alice", token, "r", "ssh", 6000).getString("reject_reason"));
      // what is imposed further out counts
      admin.put("accounts/alice/imposition", "{\"metas\":{\"owner\":\"${account}\"}}");
      JsonObject answer = frps.newTcpProxy("alice", token, "r", "ssh", 6000);
      assertFalse(answer.getBoolean("reject"), answer::toString);
      assertEquals(
          "alice", answer.getJsonObject("content").getJsonObject("metas").getString("owner"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
