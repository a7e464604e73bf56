package dev.portcullis.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.NoSuchAlgorithmException;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.catalina.Realm;
import org.apache.catalina.realm.LockOutRealm;
import org.apache.catalina.realm.MemoryRealm;
import org.apache.catalina.realm.SecretKeyCredentialHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Who may sign in at the admin API: the file users.xml, as Tomcat writes it. */
final class Users {
  private static final String NAME = "users.xml";
  private static final String NEW_NAME = "users.xml.new";
  private static final String ROLE = "portcullis-admin";
  private static final int PASSWORD_BYTES = 24;

  private final DataFolder folder;
  private final RememberingCredentials credentials;
  private final Path file;

  private Users(DataFolder folder, String name) throws NoSuchAlgorithmException {
    this.folder = folder;
    this.file = folder.file(name);
    this.credentials = new RememberingCredentials(slowHash());
  }

  /** The users so far, or none yet. */
  static Users of(DataFolder folder) throws StartFailure, NoSuchAlgorithmException {
    Path file = folder.file(NAME);
    if (Files.notExists(file)) {
      return new Users(folder, NEW_NAME);
    }
    requireXml(file);
    return new Users(folder, NAME);
  }

  // Tomcat would start without users
  private static void requireXml(Path file) throws StartFailure {
    try (InputStream xml = Files.newInputStream(file)) {
      SAXParserFactory.newInstance().newSAXParser().parse(xml, new DefaultHandler());
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new StartFailure(
          "The file %s can't be read: %s; mend it, or delete it to be given a new administrator"
              .formatted(file, StartFailure.reason(e)),
          e);
    }
  }

  boolean isFirstStart() {
    return file.endsWith(NEW_NAME);
  }

  /** Makes the first administrator, who counts only when {@link #keep()} is called. */
  Administrator addAdministrator() throws StartFailure {
    Administrator administrator = new Administrator("admin", RandomText.ofBytes(PASSWORD_BYTES));
    folder.write(
        NEW_NAME,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Who may sign in at Portcullis's admin API. When this file is deleted, the next start makes
             an administrator with a new password. A change counts from the next start on. -->
        <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
          <role rolename="%2$s"/>
          <user username="%1$s" password="%3$s" roles="%2$s"/>
        </tomcat-users>
        """
            .formatted(administrator.name(), ROLE, credentials.mutate(administrator.password())));
    return administrator;
  }

  void keep() throws StartFailure {
    try {
      Files.move(file, folder.file(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartFailure(
          "The file %s can't be renamed to %s: %s; the next start will be a first start again"
              .formatted(file, NAME, StartFailure.reason(e)),
          e);
    }
  }

  Realm realm() {
    MemoryRealm realm = new MemoryRealm();
    realm.setPathname(file.toString());
    realm.setCredentialHandler(credentials);
    LockOutRealm locking = new LockOutRealm();
    locking.addRealm(realm);
    return locking;
  }

  private static SecretKeyCredentialHandler slowHash() throws NoSuchAlgorithmException {
    SecretKeyCredentialHandler handler = new SecretKeyCredentialHandler();
    handler.setAlgorithm("PBKDF2WithHmacSHA512");
    handler.setIterations(210_000);
    handler.setKeyLength(256);
    handler.setSaltLength(16);
    return handler;
  }
}
