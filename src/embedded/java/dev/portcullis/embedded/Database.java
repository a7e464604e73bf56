package dev.portcullis.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The database behind the datasource. The one in the data folder is held open until {@link
 * #close()}, so that it is the last thing to stop.
 */
final class Database implements AutoCloseable {
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String MARIADB = "jdbc:mariadb:";
  private static final int UNKNOWN_DATABASE_OF_MARIADB = 1049;
  private static final int NO_ACCESS_OF_MARIADB = 1044;
  private static final int PATIENCE_SECONDS = 10;

  private final String url;
  private final String user;
  private final String password;
  private final boolean ours;
  private @Nullable Connection held;

  private Database(String url, boolean ours, String user, String password) {
    this.url = url;
    this.ours = ours;
    this.user = user;
    this.password = password;
  }

  /** Opens the database, if it can be used now. */
  static Database open(LaunchOptions options, DataFolder folder) throws StartFailure {
    Database database =
        new Database(
            options.databaseUrl().orElseGet(() -> inFolder(folder)),
            options.databaseUrl().isEmpty(),
            options.databaseUser(),
            options.databasePassword());
    database.open();
    return database;
  }

  // closed by the launcher, after the server: by itself it would close at the signal, under the
  // feet of what the server still writes
  private static String inFolder(DataFolder folder) {
    return H2
        + "file:"
        + folder.file("portcullis")
        + ";MODE=PostgreSQL;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }

  private void open() throws StartFailure {
    if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL) && !url.startsWith(MARIADB)) {
      throw new StartFailure(
          "portcullis.database.url begins with none of %s, %s and %s"
              .formatted(H2, POSTGRESQL, MARIADB));
    }
    try {
      DriverManager.setLoginTimeout(PATIENCE_SECONDS);
      Connection connection = DriverManager.getConnection(url, user, password);
      if (ours) {
        held = connection;
      } else {
        connection.close();
      }
    } catch (SQLException e) {
      throw new StartFailure(sentence(e), e);
    }
  }

  private String sentence(SQLException failure) {
    // what follows may hold a password
    String place = url.split("[;?]", 2)[0];
    String state = String.valueOf(failure.getSQLState());
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return "The database %s is in use by another Portcullis; stop that one, or give this one a folder of its own with portcullis.data"
          .formatted(place);
    }
    if (state.startsWith("28")) {
      return "The database %s refused the user '%s'; check portcullis.database.user and portcullis.database.password"
          .formatted(place, user);
    }
    if (state.startsWith("3D") || failure.getErrorCode() == UNKNOWN_DATABASE_OF_MARIADB) {
      return "The database %s does not exist; create it, or correct portcullis.database.url"
          .formatted(place);
    }
    if (failure.getErrorCode() == NO_ACCESS_OF_MARIADB) {
      return "The database %s does not exist, or the user '%s' may not use it; create it and grant it, or correct portcullis.database.url"
          .formatted(place, user);
    }
    if (url.startsWith(H2 + "file:")) {
      return "The file of the database %s is damaged or of another version (%s); restore it from a backup, or move it away to begin with an empty one"
          .formatted(place, StartFailure.reason(failure));
    }
    return "The database %s can't be reached: %s; check that it runs, and portcullis.database.url"
        .formatted(place, StartFailure.reason(failure));
  }

  /** As TomEE wants to hear of it. */
  void describeTo(Properties resources) {
    String name = Server.DATASOURCE;
    resources.setProperty(name, "new://Resource?type=DataSource");
    resources.setProperty(name + ".JdbcDriver", driver());
    resources.setProperty(name + ".JdbcUrl", url);
    resources.setProperty(name + ".UserName", user);
    resources.setProperty(name + ".Password", password);
    resources.setProperty(name + ".JtaManaged", "true");
    // MariaDB's own default is another one than H2's and PostgreSQL's
    resources.setProperty(
        name + ".DefaultTransactionIsolation",
        Integer.toString(Connection.TRANSACTION_READ_COMMITTED));
    resources.setProperty(name + ".InitialSize", "1");
    resources.setProperty(name + ".MaxActive", "20");
    resources.setProperty(name + ".MaxIdle", "20");
    resources.setProperty(name + ".MaxWaitTime", PATIENCE_SECONDS + " seconds");
    resources.setProperty(name + ".TestOnBorrow", "true");
    resources.setProperty(name + ".ValidationQuery", "select 1");
    if (url.startsWith(MARIADB) && !url.contains("sessionVariables=")) {
      // what waits for a lock holds up a worker: by default for 50 s at a row, a day at a table
      resources.setProperty(
          name + ".ConnectionProperties",
          "sessionVariables=innodb_lock_wait_timeout=2,lock_wait_timeout=2");
    }
    // a database that was away is back for everybody within half a second
    resources.setProperty(name + ".ValidationInterval", "500");
  }

  private String driver() {
    if (url.startsWith(H2)) {
      return "org.h2.Driver";
    }
    return url.startsWith(MARIADB) ? "org.mariadb.jdbc.Driver" : "org.postgresql.Driver";
  }

  @Override
  public void close() throws SQLException {
    if (held != null) {
      try (Connection last = held;
          Statement statement = last.createStatement()) {
        statement.execute("shutdown");
      }
    }
  }
}
