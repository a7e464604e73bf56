package dev.portcullis.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The databases that the migrations are written for, and what differs between them. */
enum DatabaseProduct {
  H2("H2", "text", ""),
  MARIADB(
      "MariaDB",
      "longtext",
      // names are equal only when they are the same letters, trailing blanks too, as on the others
      " engine=InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin") {
    @Override
    Optional<String> complaint(Connection connection) throws SQLException {
      if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
        return Optional.of(
            "its transactions would not see what others have committed since they began; set its transaction isolation to READ COMMITTED (see server-config/README.md)");
      }
      try (Statement statement = connection.createStatement();
          ResultSet mode = statement.executeQuery("select @@sql_mode")) {
        return mode.next() && mode.getString(1).contains("STRICT_")
            ? Optional.empty()
            : Optional.of(
                "the server would cut what is too long for a column without a word; let its sql_mode hold STRICT_TRANS_TABLES, as it does by default");
      }
    }
  },
  POSTGRESQL("PostgreSQL", "text", "");

  // as its driver says it, since a datasource that nobody configured may silently be another one
  private final String productName;
  private final String text;
  private final String options;

  DatabaseProduct(String productName, String text, String options) {
    this.productName = productName;
    this.text = text;
    this.options = options;
  }

  static Optional<DatabaseProduct> named(String name) {
    return Arrays.stream(values()).filter(product -> product.productName.equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(product -> product.productName).toList();
  }

  /** What stands for it in the migrations. */
  Map<String, String> placeholders() {
    return Map.of("text", text, "options", options);
  }

  /** What is wrong with how the database, or the datasource, is set up. */
  Optional<String> complaint(Connection connection) throws SQLException {
    return Optional.empty();
  }
}
