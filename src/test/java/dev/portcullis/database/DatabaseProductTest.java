package dev.portcullis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseProductTest {
  private static final String STRICT = "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION";

  @Test
  void isKnownByTheNameThatItsDriverGives() {
    assertEquals(List.of("H2", "MariaDB", "PostgreSQL"), DatabaseProduct.names());
    assertEquals(Optional.of(DatabaseProduct.MARIADB), DatabaseProduct.named("MariaDB"));
    assertEquals(Optional.empty(), DatabaseProduct.named("MySQL"));
    assertEquals(Optional.empty(), DatabaseProduct.named("Apache Derby"));
  }

  @Test
  void fillsEveryPlaceholderOfTheMigrations() {
    for (DatabaseProduct product : DatabaseProduct.values()) {
      assertEquals(Set.of("text", "options"), product.placeholders().keySet());
    }
    String options = String.valueOf(DatabaseProduct.MARIADB.placeholders().get("options"));
    assertTrue(options.endsWith("collate utf8mb4_nopad_bin"), options);
  }

  @Test
  void wantsMariaDbToReadWhatIsCommittedAndToCutNothing() throws SQLException {
    assertEquals(
        Optional.empty(), complaint(Connection.TRANSACTION_READ_COMMITTED, "ANSI," + STRICT));
    assertEquals(
        Optional.empty(), complaint(Connection.TRANSACTION_READ_COMMITTED, "STRICT_ALL_TABLES"));
    for (int isolation :
        new int[] {
          Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE
        }) {
      assertTrue(complaint(isolation, STRICT).orElseThrow().contains("READ COMMITTED"));
    }
    assertTrue(
        complaint(Connection.TRANSACTION_READ_COMMITTED, "NO_ENGINE_SUBSTITUTION")
            .orElseThrow()
            .contains("STRICT_TRANS_TABLES"));
  }

  private static Optional<String> complaint(int isolation, String sqlMode) throws SQLException {
    ResultSet row = answering(ResultSet.class, Map.of("next", true, "getString", sqlMode));
    Statement statement = answering(Statement.class, Map.of("executeQuery", row));
    return DatabaseProduct.MARIADB.complaint(
        answering(
            Connection.class,
            Map.of("getTransactionIsolation", isolation, "createStatement", statement)));
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
