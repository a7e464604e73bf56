package dev.portcullis.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** An H2 file with accounts, of which each has a credential and three grants. */
final class Database {
  private static final int AT_ONCE = 50_000;

  private Database() {}

  static Connection made(int accounts) throws IOException, SQLException {
    Path file = Path.of("target", "bench", "portcullis").toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(Path.of(file + ".mv.db"));
    String url = "jdbc:h2:file:" + file;
    Flyway.configure()
        .dataSource(url, "sa", "")
        .placeholders(Map.of("text", "text", "options", ""))
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      fill(statement, accounts);
      // else H2 tidies the file up while we measure
      statement.execute("shutdown compact");
    }
    return DriverManager.getConnection(url, "sa", "");
  }

  private static void fill(Statement statement, int accounts) throws SQLException {
    fill(
        statement,
        accounts,
        "insert into account (id, name, description, enabled, created_at, version, group_names, labels)"
            + " select %s, 'user-' || x, '', true, '', 1, 'staff' || char(10) || 'team-' || mod(x, 250), 'site=berlin'"
                .formatted(id("x")));
    fill(
        statement,
        accounts,
        "insert into credential (id, account_id, label, hash, created_at) select %1$s, %1$s, '', repeat('0', 64), ''"
            .formatted(id("x")));
    fill(
        statement,
        3 * accounts,
        "insert into account_grant (id, account_id, kind, grant_value, created_at) select %s, %s,"
                .formatted(id("x"), id("x / 3"))
            + " case mod(x, 3) when 0 then 'TCP_PORT' when 1 then 'DOMAIN' else 'SUBDOMAIN' end,"
            + " case mod(x, 3) when 0 then '' || (30000 + mod(x / 3, 10000))"
            + " when 1 then 'user-' || (x / 3) || '.example.net' else 'user-' || (x / 3) end, ''");
  }

  /** The id of the account of a number. */
  static String id(int number) {
    return "00000000-0000-7000-8000-%012d".formatted(number);
  }

  private static String id(String number) {
    return "'00000000-0000-7000-8000-' || lpad('' || (" + number + "), 12, '0')";
  }

  private static void fill(Statement statement, int rows, String insert) throws SQLException {
    for (int first = 0; first < rows; first += AT_ONCE) {
      statement.executeUpdate(
          "%s from system_range(%d, %d)"
              .formatted(insert, first, Math.min(rows, first + AT_ONCE) - 1));
    }
  }
}
