package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The people in the realm of every server that tests run on. */
final class TestUsers {
  static final String PASSWORD = "correct horse battery staple";

  /** Names, and the role of each; {@code reader} is none of Portcullis's. */
  static final Map<String, String> ROLES =
      Map.of(
          "admin", "portcullis-admin",
          "operator", "portcullis-operator",
          "auditor", "portcullis-auditor",
          "jürgen", "portcullis-auditor",
          "attacked", "portcullis-admin",
          "forgetful", "portcullis-admin",
          "reader", "reader");

  // few, so that a test's request costs no fifth of a second
  private static final int ITERATIONS = 1_000;

  private TestUsers() {}

  /** Their {@code tomcat-users.xml}, with hashes under the settings that Portcullis ships. */
  static String ofTomcat() {
    String hash = tomcatHash();
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
        %s
        %s
        </tomcat-users>
        """
        .formatted(
            ROLES.values().stream()
                .distinct()
                .map("  <role rolename=\"%s\"/>"::formatted)
                .collect(Collectors.joining("\n")),
            ROLES.entrySet().stream()
                .map(
                    user ->
                        "  <user username=\"%s\" password=\"%s\" roles=\"%s\"/>"
                            .formatted(user.getKey(), hash, user.getValue()))
                .collect(Collectors.joining("\n")));
  }

  /** The password as Tomcat's {@code SecretKeyCredentialHandler} stores it. */
  private static String tomcatHash() {
    byte[] salt = "a salt for tests".getBytes(UTF_8);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
              .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, ITERATIONS, 256))
              .getEncoded();
      HexFormat hex = HexFormat.of();
      return hex.formatHex(salt) + "$" + ITERATIONS + "$" + hex.formatHex(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Their {@code keyfile}, as {@code asadmin create-file-user} writes it. */
  static String ofKeyfile() {
    return ROLES.entrySet().stream()
        .map(user -> "%s;{SSHA256}%s;%s\n".formatted(user.getKey(), keyfileHash(), user.getValue()))
        .collect(Collectors.joining());
  }

  private static String keyfileHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] salt = "of tests".getBytes(UTF_8);
      digest.update(PASSWORD.getBytes(UTF_8));
      byte[] hash = digest.digest(salt);
      for (int round = 1; round < 100; round++) {
        hash = digest.digest(hash);
      }
      byte[] salted = new byte[hash.length + salt.length];
      System.arraycopy(hash, 0, salted, 0, hash.length);
      System.arraycopy(salt, 0, salted, hash.length, salt.length);
      return Base64.getEncoder().encodeToString(salted);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
