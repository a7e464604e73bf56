package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as whoever starts Portcullis meets it. One data folder goes through a start with a
 * wrong setting, a first start, a stop under traffic and a second start; the tests look at what
 * each has said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherIT {
  private static final Pattern READY = Pattern.compile("Portcullis is ready on (\\S+)");
  private static final Pattern REFUSAL = Pattern.compile("^Portcullis did not start\\. (.+)$");
  private static final Pattern SIGN_IN =
      Pattern.compile("The admin API is at (\\S+)/api/v1, user (\\S+), password (\\S+)");
  private static final Pattern PLUGIN_ADDRESS =
      Pattern.compile("addr = \"(http://)([^:]+):([^@]+)@([^\"]+)\"");
  private static final Pattern CURL =
      Pattern.compile("curl -u (\\S+) -H '([^:]+): ([^']+)' -d '([^']+)' (\\S+)");
  private static final Duration START = Duration.ofMinutes(2);
  private static final int TERMINATED = 128 + 15;
  private static final int SMALL_BODY = 20_000;

  private Path folder;
  private Path data;
  private int port;
  private LoggedProcess withWrongSetting;
  private LoggedProcess first;
  private LoggedProcess onUsedPort;
  private LoggedProcess onUsedFolder;
  private Duration stop;
  private LoggedProcess second;

  @BeforeAll
  void startTwice(@TempDir Path temporary) throws Exception {
    folder = temporary;
    data = folder.resolve("made").resolve("data");
    port = Ports.free();
    withWrongSetting =
        refused(EmbeddedServer.launch(data, port, Map.of("portcullis.answer-budget", "soon")));

    Path temporaryFiles = Files.createDirectory(folder.resolve("temporary"));
    first = EmbeddedServer.launch(data, port, Map.of("java.io.tmpdir", temporaryFiles.toString()));
    first.await(READY, START);
    admin().account("kept", "tcp-port 6000");
    onUsedPort = refused(EmbeddedServer.launch(folder.resolve("other"), port, Map.of()));
    onUsedFolder = refused(EmbeddedServer.launch(data, 0, Map.of()));
    stopUnderTraffic();

    second =
        startByEnvironment(
            Map.of(
                "PORTCULLIS_PORT",
                Integer.toString(port),
                "PORTCULLIS_DATA",
                data.toString(),
                "PORTCULLIS_WAR",
                System.getProperty("portcullis.war").replaceAll("\\.war$", ""),
                "PORTCULLIS_BODY_LIMIT",
                Integer.toString(SMALL_BODY)));
    second.await(READY, START);
  }

  private static LoggedProcess refused(LoggedProcess process) throws InterruptedException {
    process.await(REFUSAL, START);
    assertEquals(1, process.exitStatus());
    return process;
  }

  private void stopUnderTraffic() throws InterruptedException {
    NodeCalls frps = frps();
    Thread traffic =
        new Thread(
            () -> {
              try {
                while (true) {
                  frps.post("/handler", "{}".getBytes(UTF_8));
                }
              } catch (IOException e) {
                // it has stopped
              }
            });
    traffic.start();
    long begin = System.nanoTime();
    first.close();
    stop = Duration.ofNanos(System.nanoTime() - begin);
    traffic.join();
  }

  private static LoggedProcess startByEnvironment(Map<String, String> variables)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") || argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-classpath");
    command.add(System.getProperty("portcullis.launcher.class.path"));
    command.add("dev.portcullis.embedded.Launcher");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    return LoggedProcess.start("portcullis", builder);
  }

  @AfterAll
  void stop() {
    second.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** With what the first start has shown. */
  private AdminApi admin() {
    Matcher shown = first.await(SIGN_IN, START);
    return new AdminApi(URI.create(shown.group(1)), shown.group(2), shown.group(3));
  }

  /** With what the first start has shown. */
  private NodeCalls frps() {
    Matcher shown = first.await(PLUGIN_ADDRESS, START);
    return new NodeCalls(
        URI.create(shown.group(1) + shown.group(4)), shown.group(2), shown.group(3));
  }

  @Test
  void firstStartShowsWhereTheAdminApiIsAndWhoMaySignIn() {
    assertEquals(address(), admin().address());
    assertEquals("admin", admin().user());
    assertTrue(admin().password().length() >= 20, "too short to be safe");
    assertEquals(address().toString(), first.await(READY, START).group(1));
  }

  @Test
  void firstStartShowsWhatToAddToFrpsToml() {
    List<String> log = first.log();
    int block = log.indexOf("[[httpPlugins]]");
    assertTrue(block > 0, () -> String.join("\n", log));
    assertEquals("name = \"portcullis\"", log.get(block + 1));
    assertEquals(
        "addr = \"http://frps:%s@127.0.0.1:%d\"".formatted(frps().secret(), port),
        log.get(block + 2));
    assertEquals("path = \"/handler\"", log.get(block + 3));
    assertEquals(
        "ops = [\"Login\", \"NewProxy\", \"CloseProxy\", \"Ping\", \"NewWorkConn\", \"NewUserConn\"]",
        log.get(block + 4));
  }

  @Test
  void shownNodeSecretIsThatOfTheFirstNode() throws IOException {
    HttpResponse<String> answer = frps().post("/handler", "no JSON".getBytes(UTF_8));
    assertEquals(200, answer.statusCode());
    assertTrue(json(answer.body()).getBoolean("reject"), answer.body());
    NodeCalls stranger = new NodeCalls(address(), "frps", admin().password());
    assertEquals(401, stranger.post("/handler", "no JSON".getBytes(UTF_8)).statusCode());
  }

  @Test
  void shownCommandMakesAnAccountWhoseTokenIsLetIn() throws Exception {
    Matcher shown = first.await(CURL, START);
    HttpRequest command =
        HttpRequest.newBuilder(URI.create(shown.group(5)))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(shown.group(1).getBytes(UTF_8)))
            .header(shown.group(2), shown.group(3))
            .POST(HttpRequest.BodyPublishers.ofString(shown.group(4)))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(command, HttpResponse.BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer.body());
    JsonObject account = json(answer.body());
    String token = account.getJsonArray("credentials").getJsonObject(0).getString("token");
    JsonObject login = frps().login(account.getString("name"), token, "");
    assertFalse(login.getBoolean("reject"), login::toString);
  }

  @Test
  void secondStartKeepsWhatWasThere() throws IOException {
    assertEquals("kept", admin().get("accounts/kept").getString("name"));
    assertEquals(1, admin().items("nodes").size());
    assertEquals(1, admin().get("accounts/kept").getJsonArray("grants").size());
  }

  @Test
  void secondStartShowsNoSecret() {
    String log = String.join("\n", second.log());
    assertEquals(1, READY.matcher(log).results().count(), log);
    assertFalse(log.contains("password"), log);
    assertFalse(log.contains("secret"), log);
    assertFalse(log.contains(admin().password()), log);
    assertFalse(log.contains(frps().secret()), log);
  }

  @Test
  void secretsAreInNoFileAsTheyWereShown() throws IOException {
    String password = admin().password();
    String secret = frps().secret();
    try (var files = Files.list(data)) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, ISO_8859_1);
        assertFalse(content.contains(password), "the password is in " + file);
        assertFalse(content.contains(secret), "the secret is in " + file);
      }
    }
  }

  @Test
  void settingsOfTheWarMayComeFromTheEnvironment() throws IOException {
    HttpResponse<String> answer = frps().post("/handler", new byte[SMALL_BODY + 1]);
    String reason = json(answer.body()).getString("reject_reason");
    assertTrue(
        reason.startsWith("The request has more than " + SMALL_BODY + " bytes. (decision "),
        reason);
  }

  @Test
  void endsWithinSecondsOfTheSignal() throws InterruptedException {
    assertEquals(TERMINATED, first.exitStatus());
    assertTrue(stop.toSeconds() < 10, "it took " + stop);
  }

  @Test
  void endsWithoutAStackTrace() throws IOException {
    assertNoStackTrace(first.log());
    // what a second Portcullis in the folder writes goes to a file of its own
    assertNoStackTrace(Files.readAllLines(data.resolve("portcullis-0.log")));
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    try (var files = Files.list(folder.resolve("temporary"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void endsWithoutAWordAfterItWasReady() {
    List<String> log = first.log();
    assertTrue(
        log.get(log.size() - 1).startsWith("Portcullis is ready"), () -> String.join("\n", log));
  }

  @Test
  void refusesAPortThatIsInUse() {
    String sentence = onlySentence(onUsedPort);
    assertTrue(sentence.contains("Port " + port + " of 127.0.0.1"), sentence);
    assertTrue(sentence.contains("portcullis.port"), sentence);
  }

  @Test
  void refusesADataFolderThatIsInUse() {
    String sentence = onlySentence(onUsedFolder);
    assertTrue(sentence.contains("in use by another Portcullis"), sentence);
    assertTrue(sentence.contains(data.toString()), sentence);
  }

  @Test
  void refusesAWrongSettingOfTheWarByItsKey() {
    List<String> sentences =
        withWrongSetting.log().stream().filter(line -> REFUSAL.matcher(line).matches()).toList();
    assertEquals(
        List.of(
            "Portcullis did not start. portcullis.answer-budget is 'soon'; write a duration such as PT0.8S, PT30S or PT24H"),
        sentences);
    assertNoStackTrace(withWrongSetting.log());
  }

  @Test
  void startThatFailedLeavesTheNextOneAFirstStart() {
    assertTrue(withWrongSetting.log().stream().noneMatch(line -> line.contains("password")));
    assertTrue(first.log().stream().anyMatch(line -> SIGN_IN.matcher(line).matches()));
  }

  @Test
  void refusesAPortThatIsNoNumber() throws Exception {
    String sentence = refusal("port", Map.of("portcullis.port", "http"));
    assertTrue(sentence.startsWith("portcullis.port is 'http'; write a number"), sentence);
  }

  @Test
  void refusesAnAddressOfAnotherMachine() throws Exception {
    String sentence = refusal("bind", Map.of("portcullis.bind", "192.0.2.1"));
    assertTrue(sentence.startsWith("portcullis.bind is '192.0.2.1', which is no address of this"));
  }

  @Test
  void refusesADataFolderThatIsAFile() throws Exception {
    Files.writeString(folder.resolve("file"), "mine");
    String sentence = refusal("file", Map.of());
    assertTrue(sentence.contains(folder.resolve("file") + " can't be used: it is not a folder"));
    assertEquals("mine", Files.readString(folder.resolve("file")));
  }

  @Test
  void refusesABrokenDatabaseAndLeavesItAsItIs() throws Exception {
    byte[] garbage = new byte[20_000];
    new Random(1).nextBytes(garbage);
    Path database = Files.createDirectory(folder.resolve("broken")).resolve("portcullis.mv.db");
    Files.write(database, garbage);
    String sentence = refusal("broken", Map.of());
    assertTrue(sentence.contains("is damaged or of another version"), sentence);
    assertTrue(sentence.contains(folder.resolve("broken").toString()), sentence);
    assertArrayEquals(garbage, Files.readAllBytes(database));
  }

  @Test
  void refusesAPostgresqlThatIsNotThereAndKeepsItsPassword() throws Exception {
    String server = "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/portcullis";
    String sentence =
        refusal(
            "postgresql",
            Map.of(
                "portcullis.database.url",
                server + "?password=hidden-in-url",
                "portcullis.database.password",
                "hidden-in-property"));
    assertTrue(sentence.startsWith("The database " + server + " can't be reached"), sentence);
    assertTrue(sentence.contains("portcullis.database.url"), sentence);
    assertFalse(sentence.contains("hidden"), sentence);
  }

  @Test
  void refusesADatabaseItHasNoDriverFor() throws Exception {
    String sentence =
        refusal("mysql", Map.of("portcullis.database.url", "jdbc:mysql://127.0.0.1/portcullis"));
    assertEquals(
        "portcullis.database.url begins with none of jdbc:h2:, jdbc:postgresql: and jdbc:mariadb:",
        sentence);
  }

  @Test
  void refusesAnEmptyKeyFile() throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("key")).resolve("portcullis.key"), "\n");
    String sentence = refusal("key", Map.of());
    assertTrue(sentence.contains("portcullis.key is empty; restore it"), sentence);
  }

  @Test
  void refusesABrokenUsersFileRatherThanStartWithoutUsers() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("users")).resolve("users.xml"), "<tomcat-users>");
    String sentence = refusal("users", Map.of());
    assertTrue(sentence.contains("users.xml can't be read"), sentence);
  }

  @Test
  void refusesOpenIdConnectWhichItHasNot() throws Exception {
    LoggedProcess refused =
        refused(
            PortcullisProcess.launch(
                folder.resolve("oidc"),
                0,
                Map.of(
                    "portcullis.auth",
                    "oidc",
                    "portcullis.oidc.issuer",
                    "https://id.example.com",
                    "portcullis.oidc.client-id",
                    "portcullis",
                    "portcullis.oidc.client-secret",
                    "hidden-in-property")));
    String sentence = refused.await(REFUSAL, START).group(1);
    assertTrue(sentence.startsWith("portcullis.auth is oidc, but this server has no"), sentence);
    assertFalse(String.join("\n", refused.log()).contains("hidden"), sentence);
    assertNoStackTrace(refused.log());
  }

  @Test
  void refusesAnIncompleteSignOn() throws Exception {
    LoggedProcess refused =
        refused(
            PortcullisProcess.launch(
                folder.resolve("sign-on"), 0, Map.of("portcullis.auth", "oidc")));
    String sentence = refused.await(REFUSAL, START).group(1);
    assertTrue(sentence.startsWith("With portcullis.auth=oidc set portcullis.oidc.issuer"));
    assertNoStackTrace(refused.log());
  }

  @Test
  void refusesAWarThatIsNotThere() throws Exception {
    String sentence = refusal("war", Map.of("portcullis.war", folder.resolve("none").toString()));
    assertTrue(sentence.startsWith("There is no unpacked WAR at " + folder.resolve("none")));
  }

  /** What a start in that data folder says before it ends. */
  private String refusal(String name, Map<String, String> settings) throws Exception {
    return onlySentence(refused(EmbeddedServer.launch(folder.resolve(name), 0, settings)));
  }

  /** Without more around it than that it is one. */
  private static String onlySentence(LoggedProcess refused) {
    assertEquals(1, refused.log().size(), () -> String.join("\n", refused.log()));
    return refused.await(REFUSAL, START).group(1);
  }

  private static void assertNoStackTrace(List<String> log) {
    assertTrue(
        log.stream().noneMatch(line -> line.startsWith("\tat ")), () -> String.join("\n", log));
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
