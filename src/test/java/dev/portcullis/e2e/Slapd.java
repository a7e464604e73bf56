package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * A real OpenLDAP of its own, from the server's package: the people of {@link TestUsers} in groups
 * named as their roles, and some more.
 */
public final class Slapd implements AutoCloseable {
  public static final String ALICE_PASSWORD = "päss word, of {alice}";
  public static final String BOB_PASSWORD = "bob's own";

  /** Who may search; {@link #BIND_PASSWORD} is its password. */
  public static final String BIND_DN = "cn=portcullis,ou=services,dc=example,dc=com";

  public static final String BIND_PASSWORD = "the password of a service";

  private static final Path BINARY = Path.of("/usr/sbin/slapd");
  private static final Path SCHEMAS = Path.of("/etc/ldap/schema");
  private static final Path MODULES = Path.of("/usr/lib/ldap");
  private static final String HOW_TO_GET_IT =
      "slapd is not there: install OpenLDAP's server package (slapd) and run again";

  private final List<String> command;
  private final String url;
  private LoggedProcess process;

  private Slapd(List<String> command, String url) {
    this.command = command;
    this.url = url;
  }

  /** Starts it on plain {@code ldap://}. */
  public static Slapd start(Path folder) throws IOException {
    return start(folder, "ldap", "");
  }

  /** Starts it with a certificate for 127.0.0.1, with {@code ldaps} or with {@code ldap}. */
  public static Slapd startWithTls(Path folder, String scheme, Path certificate, Path key)
      throws IOException {
    return start(
        folder,
        scheme,
        "TLSCertificateFile %s\nTLSCertificateKeyFile %s\nTLSCACertificateFile %s\n"
            .formatted(certificate, key, certificate));
  }

  private static Slapd start(Path folder, String scheme, String tls) throws IOException {
    requirePackage();
    Path home = Files.createDirectory(folder.resolve("slapd"));
    Path data = Files.createDirectory(home.resolve("data"));
    Path configuration =
        Files.writeString(
            home.resolve("slapd.conf"),
            """
            include %1$s/core.schema
            include %1$s/cosine.schema
            include %1$s/nis.schema
            include %1$s/inetorgperson.schema
            modulepath %2$s
            moduleload back_mdb
            pidfile %3$s/slapd.pid
            %4$s
            # as careless directories do: a name without a password is nobody, and welcome
            allow bind_anon_cred
            database mdb
            suffix dc=example,dc=com
            directory %3$s/data
            access to attrs=userPassword by anonymous auth by * none
            access to dn.subtree="ou=groups,dc=example,dc=com" by users read
            access to * by * read
            """
                .formatted(SCHEMAS, MODULES, home, tls));
    Path entries = Files.writeString(home.resolve("entries.ldif"), entries());
    run(
        List.of(
            "/usr/sbin/slapadd", "-f", configuration.toString(), "-l", entries.toString(), "-q"));
    String url = scheme + "://127.0.0.1:" + Ports.free();
    Slapd slapd =
        new Slapd(
            List.of(
                BINARY.toString(), "-f", configuration.toString(), "-h", url + "/", "-d", "stats"),
            url);
    slapd.startAgain();
    return slapd;
  }

  private static void requirePackage() {
    if (Files.isExecutable(BINARY)) {
      return;
    }
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(HOW_TO_GET_IT);
    }
    Assumptions.abort(HOW_TO_GET_IT);
  }

  /** Starts it with what it had when it was closed. */
  public void startAgain() throws IOException {
    process = LoggedProcess.start("slapd", new ProcessBuilder(command));
    process.await(Pattern.compile("slapd starting"), Duration.ofSeconds(30));
    // it says so before it listens
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!listens()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError("slapd does not listen:\n" + String.join("\n", log()));
      }
      Pause.millis(20);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public String url() {
    return url;
  }

  /** What Portcullis must be told to ask it, with users by a template and groups as the user. */
  public Map<String, String> settings() {
    return Map.of(
        "portcullis.ldap.url",
        url,
        "portcullis.ldap.user-dn",
        "uid={0},ou=people,dc=example,dc=com",
        "portcullis.ldap.group-base",
        "ou=groups,dc=example,dc=com");
  }

  /**
   * What a server must be told whose realm it is, as the files of {@code server-config} want it.
   */
  Map<String, String> realm() {
    return Map.of(
        "portcullis.realm.url",
        url,
        "portcullis.realm.user",
        BIND_DN,
        "portcullis.realm.password",
        BIND_PASSWORD);
  }

  /** What it has logged: every connection, bind and search. */
  public List<String> log() {
    return process.log();
  }

  private static String entries() {
    StringBuilder ldif =
        new StringBuilder(
            """
            dn: dc=example,dc=com
            objectClass: dcObject
            objectClass: organization
            dc: example
            o: Example

            """);
    for (String unit : List.of("people", "visitors", "services", "groups")) {
      ldif.append(
          "dn: ou=%1$s,dc=example,dc=com\nobjectClass: organizationalUnit\nou: %1$s\n\n"
              .formatted(unit));
    }
    ldif.append(
        """
        dn: %s
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: portcullis
        userPassword:: %s

        """
            .formatted(BIND_DN, base64(BIND_PASSWORD)));
    ldif.append(person("people", "alice", ALICE_PASSWORD));
    ldif.append(person("people", "bob", BOB_PASSWORD));
    ldif.append(person("people", "müller", TestUsers.PASSWORD));
    // names that mean something in a DN or a filter
    ldif.append(person("people", "o\\, pat (*)", TestUsers.PASSWORD));
    ldif.append(person("people", "twin", TestUsers.PASSWORD));
    ldif.append(person("visitors", "twin", TestUsers.PASSWORD));
    TestUsers.ROLES
        .keySet()
        .forEach(name -> ldif.append(person("people", name, TestUsers.PASSWORD)));
    ldif.append(group("staff", List.of("alice", "müller", "o\\, pat (*)")));
    ldif.append(group("contractors", List.of("bob")));
    TestUsers.ROLES.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
        .forEach((role, members) -> ldif.append(group(role, members)));
    ldif.append(
        """
        dn: cn=unix,ou=groups,dc=example,dc=com
        objectClass: posixGroup
        cn: unix
        gidNumber: 1000
        memberUid: alice

        """);
    return ldif.toString();
  }

  private static String person(String unit, String rdn, String password) {
    String name = rdn.replace("\\", "");
    return """
        dn:: %s
        objectClass: inetOrgPerson
        uid:: %s
        cn:: %2$s
        sn:: %2$s
        userPassword:: %s

        """
        .formatted(
            base64("uid=%s,ou=%s,dc=example,dc=com".formatted(rdn, unit)),
            base64(name),
            base64(password));
  }

  private static String group(String name, List<String> members) {
    return "dn: cn=%1$s,ou=groups,dc=example,dc=com\nobjectClass: groupOfNames\ncn: %1$s\n%2$s\n"
        .formatted(
            name,
            members.stream()
                .map(
                    member ->
                        "member:: "
                            + base64("uid=" + member + ",ou=people,dc=example,dc=com")
                            + "\n")
                .collect(Collectors.joining()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static void run(List<String> command) throws IOException {
    LoggedProcess process = LoggedProcess.start(command.get(0), new ProcessBuilder(command));
    try {
      if (process.exitStatus() != 0) {
        throw new IOException(command + " failed:\n" + String.join("\n", process.log()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
