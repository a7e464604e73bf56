package dev.portcullis.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;
import org.apache.catalina.realm.SecretKeyCredentialHandler;

/** Puts the users of {@link TestUsers} into the realm of the embedded server before it starts. */
final class EmbeddedUsers {
  private EmbeddedUsers() {}

  static void write(Path data) throws IOException {
    String hash = hash();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<tomcat-users xmlns=\"http://tomcat.apache.org/xml\" version=\"1.0\">\n");
    new TreeSet<>(TestUsers.ROLES.values())
        .forEach(role -> xml.append("  <role rolename=\"%s\"/>\n".formatted(role)));
    TestUsers.ROLES.forEach(
        (name, role) ->
            xml.append(
                "  <user username=\"%s\" password=\"%s\" roles=\"%s\"/>\n"
                    .formatted(name, hash, role)));
    Files.writeString(data.resolve("users.xml"), xml.append("</tomcat-users>\n"));
  }

  private static String hash() {
    try {
      SecretKeyCredentialHandler handler = new SecretKeyCredentialHandler();
      handler.setAlgorithm("PBKDF2WithHmacSHA512");
      handler.setIterations(1_000);
      handler.setKeyLength(256);
      handler.setSaltLength(16);
      return handler.mutate(TestUsers.PASSWORD);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
