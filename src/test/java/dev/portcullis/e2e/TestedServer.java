package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A server product that the built WAR is tried on, set up with the files of {@code server-config}
 * and by the commands that its README gives to users.
 */
interface TestedServer {

  /**
   * Sets up an instance of the server for one Portcullis: datasource, realm with the users of
   * {@link TestUsers}, connector on the loopback address, the WAR. What all instances share (the
   * unpacked product) is where the system property {@code portcullis.server.home} says, and is not
   * written to here.
   *
   * @param home the folder of this instance; made by this call
   */
  void install(Path home, Path war, TestDatabase database) throws IOException;

  /**
   * What runs the instance in the foreground, with its log on the standard output, until it gets a
   * SIGTERM.
   *
   * @param settings Portcullis's settings, by key ({@code portcullis.answer-budget})
   */
  ProcessBuilder command(Path home, int port, TestDatabase database, Map<String, String> settings)
      throws IOException;

  /** Whom an instance may ask about people, in the place of the files with {@link TestUsers}. */
  enum SignOn {
    /** An LDAP directory as its realm; {@link Slapd#realm} are the settings. */
    DIRECTORY,
    /** An OpenID provider, without a word to Portcullis; {@link Keycloak#signOn} the settings. */
    PROVIDER
  }

  /**
   * Makes an instance that was never started ask somebody else about people.
   *
   * @return whether it can be told so by the files of {@code server-config}; if not, it stays as it
   *     is
   */
  default boolean use(SignOn signOn, Path home) throws IOException {
    return false;
  }

  /** Whether its directory realm lets in a name with letters that a search escapes. */
  default boolean takesEveryName() {
    return true;
  }

  /** Whether its directory realm finds the groups of a name with letters that a search escapes. */
  default boolean findsGroupsOfEveryName() {
    return true;
  }

  /** Does what the server needs to know a group of its realm that is no role of the WAR. */
  default void declare(String group, String role, Path home) throws IOException {}

  /**
   * Whether its own client of an OpenID provider sends a call of the API without a token there, as
   * it does with a browser that signs in. If not, such a call is refused.
   */
  default boolean sendsCallsOfTheApiToTheProvider() {
    return true;
  }

  /** Whether that client takes a token's groups for those of a person, and not Keycloak's roles. */
  default boolean takesGroupsOfTheProvider() {
    return false;
  }

  /**
   * Whether that client has the provider send a browser back to the sign-in, and no page of its
   * own.
   */
  default boolean comesBackToTheSignIn() {
    return true;
  }

  /** Whether that client leaves it to Portcullis to say that a token is refused. */
  default boolean leavesRefusedTokensToPortcullis() {
    return true;
  }

  /** The H2 database that the server's own configuration of it leads to. */
  default TestDatabase h2(Path home) {
    return new TestDatabase(
        TestDatabase.Product.H2,
        "jdbc:h2:file:" + home.resolve("data/portcullis"),
        "sa",
        "portcullis");
  }

  /** The file that says where the database is, as {@code database/DatasourcePlace} names it. */
  String datasourceFile();

  /** After how many wrong passwords a name is locked: by its realm, or else by Portcullis. */
  default int wrongPasswordsUntilLocked() {
    return 5;
  }

  /** Whether there is an identity store of Jakarta Security before anybody has made one. */
  default boolean bringsAnIdentityStore() {
    return false;
  }

  /** What it can be told to believe of what a proxy in front of it says. */
  enum Forwarded {
    SCHEME,
    ADDRESS
  }

  /** What {@code PORTCULLIS_PROXIES} makes it believe, or its configuration anyway. */
  default Set<Forwarded> believes() {
    return EnumSet.allOf(Forwarded.class);
  }

  /** Whether its Jakarta Security lets people sign in at an OpenID provider. */
  boolean hasOpenIdConnect();

  /**
   * What the log says when the database is away at the start: a sentence of ours where it can be.
   */
  default String sentenceOfAMissingDatabase() {
    return "The database of the datasource jdbc/portcullis can't be reached; check its address,"
        + " user and password in "
        + datasourceFile();
  }

  /** The server that the system property {@code portcullis.server} names. */
  static TestedServer ofThisBuild() {
    String name = System.getProperty("portcullis.server");
    return switch (name) {
      case "embedded" -> new EmbeddedServer();
      case "tomee" -> new TomeeServer();
      case "wildfly" -> new WildFlyServer();
      case "liberty" -> new LibertyServer();
      case "payara" -> new PayaraServer();
      case "glassfish" -> new GlassFishServer();
      default -> throw new IllegalStateException("There are no tests for the server " + name);
    };
  }

  /** The key of all hashes in every instance. */
  String KEY = "a-key-for-tests-on-this-machine-and-nothing-else";

  /** The product, unpacked; all instances share it and none writes to it. */
  static Path product() {
    return Path.of(System.getProperty("portcullis.server.home"));
  }

  /** Sets the variables of settings given by key. */
  static void set(Map<String, String> environment, Map<String, String> settings) {
    settings.forEach(
        (key, value) ->
            environment.put(
                key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
  }

  /** Copies a folder with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
