package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A plain ssh client publishes through the SSH gateway of a real frps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshGatewayIT {
  private static final String HOW_TO_GET_IT =
      "ssh is not there: install OpenSSH's client (openssh-client) and run again";
  private static final String NOT_ADMITTED = "Portcullis does not admit this SSH key";

  private final List<LoggedProcess> clients = new ArrayList<>();
  private Path folder;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private FrpsNode node;
  private FrpsNode openNode;
  private Backends backends;
  private int firstPort;
  private int sshPort;
  private int openPort;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    requireSsh();
    backends = new Backends();
    firstPort = Ports.block(4);
    sshPort = Ports.free();
    openPort = Ports.free();
    portcullis =
        PortcullisProcess.start(
            folder.resolve("data"), 0, Map.of("portcullis.sign-in", "token,ssh"));
    admin = portcullis.admin();
    key("alice", "alice");
    key("nobody", "nobody");
    key("nameless", "");
    Path authorized = folder.resolve("authorized_keys");
    for (String name : List.of("alice", "nobody", "nameless")) {
      Files.writeString(
          authorized,
          Files.readString(folder.resolve(name + ".pub")),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    admin.account("alice", "tcp-port %d-%d".formatted(firstPort, firstPort + 3));
    node =
        frps(
            "frps",
            """
            sshTunnelGateway.bindPort = %d
            sshTunnelGateway.authorizedKeysFile = "%s"
            sshTunnelGateway.autoGenPrivateKeyPath = "%s"
            """
                .formatted(sshPort, authorized, folder.resolve("host-key")));
    openNode =
        frps(
            "open",
            """
            sshTunnelGateway.bindPort = %d
            sshTunnelGateway.autoGenPrivateKeyPath = "%s"
            """
                .formatted(openPort, folder.resolve("open-host-key")));
  }

  private FrpsNode frps(String name, String gateway) throws IOException {
    return FrpsNode.start(
        Frp.V0_70_1,
        Files.createDirectory(folder.resolve(name)),
        gateway,
        FrpsNode.plugin(
            "portcullis",
            "http://%s:%s@127.0.0.1:%d"
                .formatted(name, portcullis.node(name).secret(), portcullis.port()),
            "/handler",
            FrpsNode.ALL_OPERATIONS));
  }

  private static void requireSsh() throws IOException {
    try {
      new ProcessBuilder("ssh", "-V").start().waitFor();
    } catch (IOException e) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException(HOW_TO_GET_IT, e);
      }
      Assumptions.abort(HOW_TO_GET_IT);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void key(String name, String comment) throws IOException {
    LoggedProcess keygen =
        LoggedProcess.start(
            "ssh-keygen",
            new ProcessBuilder(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                comment,
                "-f",
                folder.resolve(name).toString()));
    try {
      assertEquals(0, keygen.exitStatus(), () -> String.join("\n", keygen.log()));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private LoggedProcess ssh(String key, int gateway, String command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "ssh",
                "-F",
                "none",
                "-i",
                folder.resolve(key).toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "BatchMode=yes",
                "-R",
                ":80:127.0.0.1:" + backends.tcpPort(),
                "v0@127.0.0.1",
                "-p",
                Integer.toString(gateway)));
    line.addAll(List.of(command.split(" ", -1)));
    LoggedProcess client = LoggedProcess.start("ssh", new ProcessBuilder(line));
    clients.add(client);
    return client;
  }

  private JsonObject refusal(String code) throws IOException {
    return admin.await("audit?outcome=REJECTED", event -> event.getString("code").equals(code));
  }

  @AfterEach
  void stopClients() {
    clients.forEach(LoggedProcess::kill);
    clients.clear();
    assertTrue(node.frps().isAlive(), () -> String.join("\n", node.frps().log()));
  }

  @AfterAll
  void stop() throws IOException {
    if (node != null) {
      node.close();
    }
    if (openNode != null) {
      openNode.close();
    }
    if (portcullis != null) {
      portcullis.close();
      backends.close();
    }
  }

  @Test
  void publishesForTheAccountThatTheCommentOfTheKeyNames() throws IOException {
    ssh("alice", sshPort, "tcp --proxy_name echo --remote_port " + firstPort)
        .await("RemoteAddress");
    Visitor.echoTcp(firstPort);
    assertEquals(
        "alice",
        admin
            .await("leases", lease -> lease.getString("proxyName").equals("alice.echo"))
            .getString("account"));
    assertEquals(
        "pipe",
        admin
            .await("sessions", session -> session.getString("account").equals("alice"))
            .getString("clientAddress"));
  }

  @Test
  void takesNoOtherUserThanTheCommentSays() throws IOException {
    ssh("alice", sshPort, "tcp --user bob --proxy_name as-bob --remote_port " + (firstPort + 1))
        .await("RemoteAddress");
    admin.await("leases", lease -> lease.getString("proxyName").equals("alice.as-bob"));
  }

  @Test
  void refusesAPortThatIsNotTheAccounts() throws IOException {
    ssh("alice", sshPort, "tcp --proxy_name other --remote_port " + openPort)
        .await("is not granted to 'alice'");
  }

  @Test
  void refusesAKeyWhoseCommentIsNoAccount() throws IOException {
    ssh("nobody", sshPort, "tcp --proxy_name echo --remote_port " + firstPort).await(NOT_ADMITTED);
    assertEquals("nobody", refusal("authentication.unknown-account").getString("user"));
  }

  @Test
  void refusesAnAccountToWhichSshIsNotOpen() throws IOException {
    admin.account("carol");
    admin.patch("accounts/carol", "{\"signIn\":[\"token\"]}");
    key("carol", "carol");
    Files.writeString(
        folder.resolve("authorized_keys"),
        Files.readString(folder.resolve("carol.pub")),
        StandardOpenOption.APPEND);
    ssh("carol", sshPort, "tcp --proxy_name echo --remote_port " + firstPort).await(NOT_ADMITTED);
    assertEquals("carol", refusal("authentication.way-closed").getString("account"));
  }

  @Test
  void endsWhatASessionMayDoWhenItsAccountIsDisabled() throws IOException {
    admin.account("dave", "tcp-port " + (firstPort + 2));
    key("dave", "dave");
    Files.writeString(
        folder.resolve("authorized_keys"),
        Files.readString(folder.resolve("dave.pub")),
        StandardOpenOption.APPEND);
    ssh("dave", sshPort, "tcp --proxy_name echo --remote_port " + (firstPort + 2))
        .await("RemoteAddress");
    Visitor.echoTcp(firstPort + 2);
    admin.patch("accounts/dave", "{\"enabled\":false}");
    assertTrue(Visitor.isTurnedAway(firstPort + 2));
    refusal("authentication.account-disabled");
  }

  @Test
  void refusesEverybodyAtAGatewayThatAsksForNoKeys() throws IOException {
    ssh(
            "alice",
            openPort,
            "tcp --user alice --token frp-token --proxy_name echo --remote_port " + firstPort)
        .await("sshTunnelGateway.authorizedKeysFile");
    assertEquals("alice", refusal("authentication.no-ssh-keys").getString("user"));
  }
}
