package dev.portcullis.reservation;

import dev.portcullis.change.Changed;
import dev.portcullis.settings.Given;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of grants, of which none is exclusive, read as {@link GrantRows} does it. */
public final class GrantsOverJdbc extends GrantRows {
  private final PreparedStatement grants;

  private GrantsOverJdbc(Connection connection) throws SQLException {
    grants =
        connection.prepareStatement(
            "select kind, grant_value from account_grant where account_id = ? order by id");
  }

  /** A store as a server has it, but for how it reads. */
  public static GrantStore store(Connection connection) throws SQLException {
    return new GrantStore(new GrantsOverJdbc(connection), Given.settings());
  }

  public static void forget(GrantStore store, String accountId) {
    store.changed(new Changed(Changed.Kind.GRANTS, accountId));
  }

  @Override
  List<Grant> of(String accountId) {
    List<Grant> owned = new ArrayList<>();
    try {
      grants.setString(1, accountId);
      try (ResultSet row = grants.executeQuery()) {
        while (row.next()) {
          owned.add(
              new Grant(accountId, GrantKind.valueOf(row.getString(1)), row.getString(2), false));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return owned;
  }

  @Override
  List<ExclusivePort> exclusivePorts() {
    return List.of();
  }
}
