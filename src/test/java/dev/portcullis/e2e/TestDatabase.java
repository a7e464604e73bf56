package dev.portcullis.e2e;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own for one Portcullis.
 *
 * @param url of JDBC; H2's names a file below the instance's home
 */
record TestDatabase(Product product, String url, String user, String password) {

  /** What the datasource is of. */
  enum Product {
    H2,
    POSTGRESQL,
    MARIADB
  }

  /** A new one of the product that the system property {@code portcullis.test.database} names. */
  static TestDatabase ofThisBuild(Path home) throws IOException {
    Product product =
        Product.valueOf(System.getProperty("portcullis.test.database").toUpperCase(Locale.ROOT));
    return product == Product.H2
        ? TestedServer.ofThisBuild().h2(home)
        : DatabaseServers.fresh(product);
  }

  /** Takes a database out of settings; null where they name none. */
  static @Nullable TestDatabase takenFrom(Map<String, String> settings) {
    String url = settings.remove("portcullis.database.url");
    return url == null
        ? null
        : new TestDatabase(
            Product.valueOf(url.split(":", 3)[1].toUpperCase(Locale.ROOT)),
            url,
            settings.remove("portcullis.database.user"),
            settings.remove("portcullis.database.password"));
  }

  /** The jar of the JDBC driver, which users fetch into their server. */
  Path driver() {
    String name =
        switch (product) {
          case H2 -> "org.h2.Driver";
          case POSTGRESQL -> "org.postgresql.Driver";
          case MARIADB -> "org.mariadb.jdbc.Driver";
        };
    try {
      return Path.of(
          Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException("The driver " + name + " is not on the class path", e);
    }
  }

  /** As {@code server-config} and the launcher want it: properties, or variables in capitals. */
  Map<String, String> settings() {
    return Map.of(
        "portcullis.database.url",
        url,
        "portcullis.database.user",
        user,
        "portcullis.database.password",
        password);
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "TestDatabase[" + url + "]";
  }
}
