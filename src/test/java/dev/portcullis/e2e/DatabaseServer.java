package dev.portcullis.e2e;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real database server, on the loopback address. */
interface DatabaseServer extends AutoCloseable {

  /** Makes a database, empty as its administrator would hand it over. */
  TestDatabase newDatabase(String name) throws SQLException;

  /** The statement that keeps everybody else away from tables while its connection is open. */
  String locking(String... tables);

  /** Starts it with the data that it had when it was closed. */
  void startAgain() throws IOException;

  /** Ends it at once, as an administrator in a hurry does: open connections break. */
  @Override
  void close();

  static Connection connect(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }
}
