package dev.portcullis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tunnel clients sign in with the passwords of a real LDAP directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryIT {
  private static final String NOT_ADMITTED = "Portcullis does not admit this user with this secret";

  private Path folder;
  private Slapd slapd;
  private PortcullisProcess portcullis;
  private AdminApi admin;
  private NodeCalls calls;
  private FrpsNode node;
  private Backends backends;
  private int firstPort;
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    slapd = Slapd.start(folder);
    backends = new Backends();
    firstPort = Ports.block(2);
    Map<String, String> settings = new HashMap<>(slapd.settings());
    settings.put("portcullis.first-login", "create");
    settings.put("portcullis.answer-budget", "PT5S");
    portcullis = PortcullisProcess.start(folder.resolve("data"), 0, settings);
    admin = portcullis.admin();
    calls = portcullis.node("frps");
    admin.put("groups/staff", "{\"description\":\"employees\",\"signIn\":[\"password\"]}");
    node =
        FrpsNode.start(
            Frp.V0_70_1,
            folder,
            FrpsNode.plugin(
                "portcullis",
                "http://frps:" + calls.secret() + "@127.0.0.1:" + portcullis.port(),
                "/handler",
                FrpsNode.ALL_OPERATIONS));
  }

  @AfterEach
  void stopClients() {
    node.stopClients();
  }

  @AfterAll
  void stop() throws IOException {
    node.close();
    portcullis.close();
    slapd.close();
    backends.close();
  }

  private JsonObject login(NodeCalls at, String user, String password) throws IOException {
    return at.login(user, "password", password, "run-" + runs.incrementAndGet());
  }

  private String refused(String user, String password) throws IOException {
    JsonObject answer = login(calls, user, password);
    assertTrue(answer.getBoolean("reject"), () -> user + ": " + answer);
    assertTrue(answer.getString("reject_reason").startsWith(NOT_ADMITTED), answer::toString);
    return admin.items("audit?outcome=REJECTED&limit=1").get(0).getString("code");
  }

  private Set<String> accounts() throws IOException {
    return admin.items("accounts").stream()
        .map(account -> account.getString("name"))
        .collect(Collectors.toSet());
  }

  @Test
  void publishesWithTheDirectorysPassword() throws IOException {
    String client =
        """
        user = "alice"
        metadatas.password = "%s"
        %s
        """
            .formatted(Slapd.ALICE_PASSWORD, FrpsNode.tcp("echo", backends.tcpPort(), firstPort));
    LoggedProcess first = node.client(client);
    first.await("start error: ");
    JsonObject alice = admin.get("accounts/alice");
    assertEquals("made at first login by password", alice.getString("description"));
    assertEquals("[\"staff\"]", alice.getJsonArray("directoryGroups").toString());
    node.stopClients();

    admin.post("accounts/alice/grants", "{\"kind\":\"tcp-port\",\"value\":\"" + firstPort + "\"}");
    node.client(client).awaitProxy("echo");
    Visitor.echoTcp(firstPort);

    // later operations ask whether the way is still open
    admin.patch("accounts/alice", "{\"signIn\":[\"token\"]}");
    assertTrue(Visitor.isTurnedAway(firstPort));
    admin.await(
        "audit?outcome=REJECTED&account=alice",
        event -> event.getString("code").equals("authentication.way-closed"));
    admin.patch("accounts/alice", "{\"signIn\":[]}");
    Visitor.echoTcp(firstPort);

    String log = String.join("\n", portcullis.log());
    assertFalse(log.contains(Slapd.ALICE_PASSWORD));
    assertFalse(String.join("\n", node.frps().log()).contains(Slapd.ALICE_PASSWORD));
    assertFalse(admin.get("audit").toString().contains(Slapd.ALICE_PASSWORD));
  }

  @Test
  void leavesThePasswordOutOfWhatFrpsKeeps() throws IOException {
    JsonObject content = login(calls, "müller", TestUsers.PASSWORD).getJsonObject("content");
    assertEquals(Set.of("portcullis-session"), content.getJsonObject("metas").keySet());
  }

  @Test
  void refusesAWrongPasswordAndWhoeverTheDirectoryDoesNotKnow() throws IOException {
    assertEquals("authentication.wrong-password", refused("alice", "wrong"));
    assertEquals("authentication.no-token", refused("alice", ""));
    assertEquals("authentication.wrong-password", refused("alice", " "));
    assertEquals("authentication.wrong-password", refused("mallory", "wrong"));
    assertFalse(accounts().contains("mallory"));
  }

  @Test
  void refusesNamesThatMeanSomethingToADirectory() throws IOException {
    for (String name : List.of("*", "alice,ou=people", "alice)(uid=*", "a\\6cice", "o, pat (*)")) {
      assertEquals("authentication.unknown-account", refused(name, TestUsers.PASSWORD), name);
    }
    // the directory takes it for alice
    assertEquals("authentication.wrong-password", refused("ALICE", Slapd.ALICE_PASSWORD));
    assertFalse(accounts().contains("ALICE"));
  }

  @Test
  void refusesAWayThatNoGroupOpens() throws IOException {
    assertEquals("authentication.way-closed", refused("bob", Slapd.BOB_PASSWORD));
    assertFalse(accounts().contains("bob"));
    admin.put("groups/contractors", "{\"signIn\":[\"password\"]}");
    assertFalse(login(calls, "bob", Slapd.BOB_PASSWORD).getBoolean("reject"));
    admin.delete("groups/contractors");
    assertEquals("authentication.way-closed", refused("bob", Slapd.BOB_PASSWORD));
  }

  @Test
  void firstLoginsAtOnceMakeOneAccount() throws Exception {
    admin.put("groups/portcullis-operator", "{\"signIn\":[\"password\"]}");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<JsonObject>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(
            threads.submit(
                () -> {
                  go.await();
                  return login(calls, "operator", TestUsers.PASSWORD);
                }));
      }
      go.countDown();
      for (Future<JsonObject> answer : answers) {
        assertFalse(answer.get().getBoolean("reject"), answer.get()::toString);
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(
        1,
        admin.items("audit?kind=ADMIN&limit=500").stream()
            .filter(event -> event.getString("target").equals("operator"))
            .filter(event -> event.getString("operation").equals("account.create"))
            .count());
  }

  @Test
  void answersInTimeWhenTheDirectoryHangs() throws IOException {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PortcullisProcess other =
            PortcullisProcess.start(
                folder.resolve("hanging"),
                0,
                Map.of(
                    "portcullis.ldap.url",
                    "ldap://127.0.0.1:" + hanging.getLocalPort(),
                    "portcullis.ldap.user-dn",
                    "uid={0},dc=example",
                    "portcullis.sign-in",
                    "token,password",
                    "portcullis.answer-budget",
                    "PT2S"))) {
      NodeCalls frps = other.node("frps");
      String token = other.admin().account("alice");
      frps.login("alice", token, "warm");
      long start = System.nanoTime();
      JsonObject answer = login(frps, "alice", "hush");
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(
          answer.getString("reject_reason").startsWith("Portcullis can't check this password now"),
          answer::toString);
      assertTrue(time.toMillis() < 2_500, time::toString);
      assertFalse(frps.login("alice", token, "token").getBoolean("reject"));
    }
  }
}
