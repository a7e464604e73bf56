package dev.portcullis.e2e;

import java.util.Map;

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
