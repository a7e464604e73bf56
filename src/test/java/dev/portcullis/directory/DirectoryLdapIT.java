package dev.portcullis.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.directory.DirectoryAnswer.Known;
import dev.portcullis.directory.DirectoryAnswer.Refused;
import dev.portcullis.directory.DirectoryAnswer.Unavailable;
import dev.portcullis.e2e.Slapd;
import dev.portcullis.secret.Secrets;
import dev.portcullis.settings.Given;
import dev.portcullis.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The room {@code directory} and a real OpenLDAP. */
@Timeout(120)
class DirectoryLdapIT {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String REFUSED_PORT = "ldap://127.0.0.1:1";

  @TempDir private static Path folder;

  private static Slapd slapd;

  @BeforeAll
  static void startDirectory() throws IOException {
    slapd = Slapd.start(folder);
  }

  @AfterAll
  static void stopDirectory() {
    if (slapd != null) {
      slapd.close();
    }
  }

  /** How users are found, and who reads the groups. */
  enum Way {
    TEMPLATE,
    TEMPLATE_AND_READER,
    SEARCH_BY_NOBODY,
    SEARCH;

    Map<String, String> settings() {
      Map<String, String> settings = new HashMap<>(slapd.settings());
      if (this == SEARCH || this == SEARCH_BY_NOBODY) {
        settings.remove("portcullis.ldap.user-dn");
        settings.put("portcullis.ldap.user-base", "dc=example,dc=com");
      }
      if (this == SEARCH || this == TEMPLATE_AND_READER) {
        settings.put("portcullis.ldap.bind-dn", Slapd.BIND_DN);
        settings.put("portcullis.ldap.bind-password", Slapd.BIND_PASSWORD);
      }
      return settings;
    }
  }

  // patient, since the machine of tests may be busy
  private static Directory directory(Map<String, String> texts) {
    Map<String, String> patient =
        new HashMap<>(
            Map.of("portcullis.ldap.timeout", "PT20S", "portcullis.answer-budget", "PT60S"));
    patient.putAll(texts);
    Settings settings = Given.settings(patient);
    return new Directory(
        settings,
        new Secrets(settings),
        new LdapCheck(
            settings.directory().ldap(), settings.answerBudget().multipliedBy(3).dividedBy(4)));
  }

  private static Directory directory(Way way) {
    return directory(way.settings());
  }

  private static Directory with(Way way, String key, String value) {
    Map<String, String> settings = way.settings();
    settings.put("portcullis.ldap." + key, value);
    return directory(settings);
  }

  private static String why(DirectoryAnswer answer) {
    return assertInstanceOf(Unavailable.class, answer).why();
  }

  @ParameterizedTest
  @EnumSource
  void knowsNamesAndPasswordsAndGroups(Way way) {
    Directory directory = directory(way);
    assertEquals(new Known(Set.of("staff")), directory.check("alice", Slapd.ALICE_PASSWORD));
    assertEquals(new Known(Set.of("contractors")), directory.check("bob", Slapd.BOB_PASSWORD));
    assertEquals(new Known(Set.of("portcullis-admin")), directory.check("admin", PASSWORD));
    assertEquals(new Known(Set.of("staff")), directory.check("müller", PASSWORD));
  }

  @ParameterizedTest
  @EnumSource
  void refusesWrongPasswordsAndNames(Way way) {
    Directory directory = directory(way);
    for (String password : List.of("wrong", "", " ", Slapd.ALICE_PASSWORD + " ", PASSWORD, "*")) {
      assertEquals(new Refused(), directory.check("alice", password), password);
    }
    assertEquals(new Refused(), directory.check("nobody", PASSWORD));
  }

  @ParameterizedTest
  @EnumSource
  void neverAsksWithoutAPassword(Way way) {
    int before = slapd.log().size();
    assertEquals(new Refused(), directory(way).check("alice", ""));
    assertEquals(before, slapd.log().size());
  }

  @ParameterizedTest
  @EnumSource
  void takesSpecialLettersOfANameForLetters(Way way) {
    Directory directory = directory(way);
    assertEquals(new Known(Set.of("staff")), directory.check("o, pat (*)", PASSWORD));
    for (String name :
        List.of(
            "*",
            "al*",
            "o, pat (x)",
            ")(uid=*",
            "alice)(|(uid=*",
            "*)(objectClass=*",
            "alice,ou=people",
            "alice,ou=people,dc=example,dc=com",
            "alice+cn=alice",
            "a\\00",
            "alice\\",
            "\\61lice",
            "#alice",
            "#04056d616c",
            " alice",
            "alice ",
            "{0}",
            "{1}",
            "\"alice\"",
            "alice;x",
            "<alice>",
            "ldap://127.0.0.1:1/uid=alice",
            "ａｌｉｃｅ",
            "alice\u200b",
            "x".repeat(256))) {
      for (String password : List.of(PASSWORD, Slapd.ALICE_PASSWORD)) {
        assertEquals(new Refused(), directory.check(name, password), name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesANameOnlyAsTheDirectorySpellsIt(Way way) {
    Directory directory = directory(way);
    for (String name : List.of("Alice", "ALICE", "aLICE")) {
      assertEquals(new Refused(), directory.check(name, Slapd.ALICE_PASSWORD), name);
    }
  }

  @Test
  void refusesANameThatTwoEntriesHave() {
    assertEquals(new Refused(), directory(Way.SEARCH).check("twin", PASSWORD));
    assertEquals(
        new Known(Set.of()),
        with(Way.SEARCH, "user-base", "ou=visitors,dc=example,dc=com").check("twin", PASSWORD));
  }

  @Test
  void refusesTheServiceThatSearches() {
    assertEquals(new Refused(), directory(Way.SEARCH).check("portcullis", Slapd.BIND_PASSWORD));
  }

  @ParameterizedTest
  @EnumSource
  void findsGroupsByName(Way way) {
    assertEquals(
        new Known(Set.of("unix")),
        with(way, "group-filter", "(&(objectClass=posixGroup)(memberUid={1}))")
            .check("alice", Slapd.ALICE_PASSWORD));
  }

  @ParameterizedTest
  @EnumSource
  void readsNoGroupsWithoutAPlaceForThem(Way way) {
    assertEquals(
        new Known(Set.of()), with(way, "group-base", "").check("alice", Slapd.ALICE_PASSWORD));
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatOfItsSettingsTheDirectoryDoesNotKnow(Way way) {
    String why =
        why(
            with(way, "group-base", "ou=none,dc=example,dc=com")
                .check("alice", Slapd.ALICE_PASSWORD));
    assertTrue(why.contains("there is nothing at portcullis.ldap.group-base"), why);
    why = why(with(way, "user-name", "description").check("alice", Slapd.ALICE_PASSWORD));
    assertTrue(why.contains("set portcullis.ldap.user-name"), why);
  }

  @Test
  void saysWhatOfItsSettingsForSearchTheDirectoryDoesNotKnow() {
    String why =
        why(with(Way.SEARCH, "user-base", "ou=none,dc=example,dc=com").check("alice", PASSWORD));
    assertTrue(why.contains("there is nothing at portcullis.ldap.user-base"), why);
    why = why(with(Way.SEARCH, "bind-password", "a wrong secret").check("alice", PASSWORD));
    assertTrue(why.contains("it does not admit portcullis.ldap.bind-dn"), why);
    assertFalse(why.contains("a wrong secret"), why);
    why = why(with(Way.SEARCH, "user-filter", "(uid={0}").check("alice", PASSWORD));
    assertTrue(why.contains("InvalidSearchFilterException"), why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bind-dn", "user-base", "group-base"})
  void stopsTheStartForWhatIsNoDn(String key) {
    DirectoryException e =
        assertThrows(DirectoryException.class, () -> with(Way.SEARCH, key, "example.com"));
    assertEquals(
        "portcullis.ldap.%s is 'example.com', which is no DN; write one such as ou=people,dc=example,dc=com"
            .formatted(key),
        e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoConnectionOpen(Way way) throws Exception {
    Directory directory = directory(way);
    directory.check("alice", Slapd.ALICE_PASSWORD);
    directory.check("alice", "wrong");
    directory.check("nobody", "wrong");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (opened() != closed() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertTrue(opened() > 0);
    assertEquals(opened(), closed());
  }

  private static long opened() {
    return slapd.log().stream().filter(line -> line.contains(" ACCEPT from ")).count();
  }

  private static long closed() {
    return slapd.log().stream()
        .filter(line -> line.matches(".*conn=\\d+ fd=\\d+ closed.*"))
        .count();
  }

  // ---- directories in trouble

  @Test
  void asksTheNextDirectoryWhereOneIsAway() {
    Directory directory = with(Way.TEMPLATE, "url", REFUSED_PORT + " " + slapd.url());
    assertEquals(new Known(Set.of("staff")), directory.check("alice", Slapd.ALICE_PASSWORD));
    assertEquals(new Refused(), directory.check("alice", "wrong"));
  }

  @Test
  void startsWithTheDirectoryThatAnsweredLast() throws IOException {
    try (BadDirectory silent = new BadDirectory(BadDirectory.Manner.SILENT)) {
      Map<String, String> settings = Way.TEMPLATE.settings();
      settings.put("portcullis.ldap.url", silent.url("ldap") + " " + slapd.url());
      settings.put("portcullis.ldap.timeout", "PT0.2S");
      Directory directory = directory(settings);
      for (int i = 0; i < 3; i++) {
        assertEquals(new Known(Set.of("contractors")), directory.check("bob", Slapd.BOB_PASSWORD));
        assertEquals(new Refused(), directory.check("bob", "wrong"));
      }
      assertEquals(1, silent.connections());
    }
  }

  @Test
  void saysThatADirectoryIsAwayAndKnowsItAgain(@TempDir Path own) throws IOException {
    Slapd moody = Slapd.start(own);
    try {
      Map<String, String> settings = Way.TEMPLATE.settings();
      settings.put("portcullis.ldap.url", moody.url());
      settings.put("portcullis.password-memory", "PT0S");
      Directory directory = directory(settings);
      assertEquals(new Known(Set.of("staff")), directory.check("alice", Slapd.ALICE_PASSWORD));
      moody.close();
      String why = why(directory.check("alice", Slapd.ALICE_PASSWORD));
      assertTrue(why.startsWith(moody.url() + ": CommunicationException: "), why);
      moody.startAgain();
      assertEquals(new Known(Set.of("staff")), directory.check("alice", Slapd.ALICE_PASSWORD));
    } finally {
      moody.close();
    }
  }

  static List<Object[]> troubles() {
    List<Object[]> troubles = new ArrayList<>();
    for (BadDirectory.Manner manner : BadDirectory.Manner.values()) {
      for (String scheme : List.of("ldap", "ldaps", "start-tls")) {
        troubles.add(new Object[] {manner, scheme});
      }
    }
    return troubles;
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void answersInTimeWhateverADirectoryDoes(BadDirectory.Manner manner, String scheme)
      throws Exception {
    try (BadDirectory bad = new BadDirectory(manner)) {
      Map<String, String> settings = Way.SEARCH.settings();
      settings.put("portcullis.ldap.url", bad.url(scheme.equals("start-tls") ? "ldap" : scheme));
      settings.put("portcullis.ldap.start-tls", Boolean.toString(scheme.equals("start-tls")));
      settings.put("portcullis.ldap.timeout", "PT0.3S");
      settings.put("portcullis.answer-budget", "PT0.8S");
      Directory directory = directory(settings);
      directory.check("warm", "up");
      long start = System.nanoTime();
      String why = why(directory.check("alice", "a secret of alice"));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofMillis(2_000)) < 0, took + " " + why);
      assertFalse(why.contains("secret"), why);
      assertEquals(2, bad.connections());
      bad.awaitClosed();
    }
  }

  /** What listens like a directory, and is none. */
  static final class BadDirectory implements AutoCloseable {
    private static final byte[] START_TLS_DONE = {
      0x30, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00
    };

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Manner manner;
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();

    enum Manner {
      /** Accepts and says nothing. */
      SILENT,
      /** Accepts and hangs up. */
      CLOSING,
      /** Says what is no LDAP. */
      GARBAGE,
      /** Says that an answer of gigabytes comes. */
      HUGE,
      /** Admits to StartTLS and says no more. */
      TLS_SILENT
    }

    BadDirectory(Manner manner) throws IOException {
      this.manner = manner;
      Thread thread = new Thread(this::accept, "bad directory");
      thread.setDaemon(true);
      thread.start();
    }

    String url(String scheme) {
      return scheme + "://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listener.accept();
          CompletableFuture<Void> end = new CompletableFuture<>();
          synchronized (this) {
            ends.add(end);
            open.add(socket);
          }
          Thread thread = new Thread(() -> serve(socket, end), "bad directory's connection");
          thread.setDaemon(true);
          thread.start();
        }
      } catch (IOException e) {
        // closed
      }
    }

    private void serve(Socket socket, CompletableFuture<Void> end) {
      try (socket) {
        switch (manner) {
          case CLOSING -> socket.close();
          case GARBAGE ->
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(9).getBytes(UTF_8));
          case HUGE ->
              socket
                  .getOutputStream()
                  .write(new byte[] {0x30, (byte) 0x84, 0x7f, 0x7f, 0x7f, 0x7f, 0x02, 0x01, 0x01});
          case TLS_SILENT -> {
            socket.getInputStream().read(new byte[1024]);
            socket.getOutputStream().write(START_TLS_DONE);
          }
          case SILENT -> {}
        }
        while (!socket.isClosed() && socket.getInputStream().read() >= 0) {
          // until the other side hangs up
        }
      } catch (IOException e) {
        // hung up
      } finally {
        end.complete(null);
      }
    }

    synchronized int connections() {
      return ends.size();
    }

    void awaitClosed() throws Exception {
      List<CompletableFuture<Void>> all;
      synchronized (this) {
        all = List.copyOf(ends);
      }
      for (CompletableFuture<Void> end : all) {
        end.get(10, TimeUnit.SECONDS);
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      synchronized (this) {
        for (Socket socket : open) {
          socket.close();
        }
      }
    }
  }

  // ---- TLS

  @ParameterizedTest
  @ValueSource(strings = {"ldap", "ldaps"})
  void trustsOnlyWhomTheJvmTrusts(String scheme, @TempDir Path own) throws Exception {
    Path store = own.resolve("store.p12");
    run(
        keytool(),
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "RSA",
        "-dname",
        "CN=a directory",
        "-ext",
        "SAN=IP:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    java.security.KeyStore keys =
        java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Path certificate = pem(own, "CERTIFICATE", keys.getCertificate("a").getEncoded());
    Path key = pem(own, "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
    Path trust = own.resolve("trust.p12");
    run(
        keytool(),
        "-importcert",
        "-noprompt",
        "-alias",
        "a",
        "-file",
        certificate.toString(),
        "-storetype",
        "PKCS12",
        "-keystore",
        trust.toString(),
        "-storepass",
        "changeit");
    try (Slapd encrypted = Slapd.startWithTls(own, scheme, certificate, key)) {
      assertEquals(
          "Known[groups=[staff]] Known[groups=[contractors]] Refused[] Refused[]",
          inItsOwnJvm(trust, encrypted.url()));
      String untrusted = inItsOwnJvm(null, encrypted.url());
      assertTrue(untrusted.startsWith("Unavailable[why=" + encrypted.url()), untrusted);
      assertTrue(untrusted.contains("unable to find valid certification path"), untrusted);
      String byName = inItsOwnJvm(trust, encrypted.url().replace("127.0.0.1", "localhost"));
      assertTrue(byName.startsWith("Unavailable[why="), byName);
      if (scheme.equals("ldap")) {
        assertTrue(
            encrypted.log().stream().anyMatch(line -> line.contains(" TLS established ")),
            String.join("\n", encrypted.log()));
      }
    }
  }

  private static String keytool() {
    return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
  }

  private static Path pem(Path folder, String kind, byte[] bytes) throws IOException {
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes)));
  }

  private static String inItsOwnJvm(@Nullable Path trust, String url) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (trust != null) {
      command.add("-Djavax.net.ssl.trustStore=" + trust);
      command.add("-Djavax.net.ssl.trustStorePassword=changeit");
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Asking.class.getName(), url));
    return run(command.toArray(new String[0]));
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  /** Asks in a JVM with a trust store of its own. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      Map<String, String> settings =
          new HashMap<>(
              Map.of(
                  "portcullis.ldap.url",
                  arguments[0],
                  "portcullis.ldap.start-tls",
                  "true",
                  "portcullis.ldap.user-dn",
                  "uid={0},ou=people,dc=example,dc=com",
                  "portcullis.ldap.group-base",
                  "ou=groups,dc=example,dc=com"));
      DirectoryAnswer template = directory(settings).check("alice", Slapd.ALICE_PASSWORD);
      settings.remove("portcullis.ldap.user-dn");
      settings.put("portcullis.ldap.user-base", "dc=example,dc=com");
      settings.put("portcullis.ldap.bind-dn", Slapd.BIND_DN);
      settings.put("portcullis.ldap.bind-password", Slapd.BIND_PASSWORD);
      Directory searching = directory(settings);
      System.out.println(
          template
              + " "
              + searching.check("bob", Slapd.BOB_PASSWORD)
              + " "
              + searching.check("bob", "wrong")
              + " "
              + searching.check("nobody", "wrong"));
    }
  }
}
