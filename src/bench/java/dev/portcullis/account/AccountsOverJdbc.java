package dev.portcullis.account;

import dev.portcullis.change.Changed;
import dev.portcullis.settings.Given;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of accounts, read as {@link AccountRows} does it: an account, then its credentials. */
public final class AccountsOverJdbc extends AccountRows {
  private final PreparedStatement account;
  private final PreparedStatement credentials;

  private AccountsOverJdbc(Connection connection) throws SQLException {
    account =
        connection.prepareStatement(
            "select id, enabled, group_names, labels from account where name = ?");
    credentials =
        connection.prepareStatement(
            "select id, hash from credential where account_id = ? order by id");
  }

  /** A store as a server has it, but for how it reads. */
  public static AccountStore store(Connection connection) throws SQLException {
    return new AccountStore(new AccountsOverJdbc(connection), Given.settings());
  }

  public static void forget(AccountStore store, String name) {
    store.changed(new Changed(Changed.Kind.ACCOUNT, name));
  }

  @Override
  Optional<KnownAccount> known(String name) {
    try {
      account.setString(1, name);
      try (ResultSet row = account.executeQuery()) {
        return row.next() ? Optional.of(known(name, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private KnownAccount known(String name, ResultSet row) throws SQLException {
    return new KnownAccount(
        row.getString(1),
        name,
        row.getBoolean(2),
        null,
        Set.of(row.getString(3).split("\n", -1)),
        Set.of(),
        Labels.ofColumn(row.getString(4)),
        null,
        keys(row.getString(1)));
  }

  private List<KnownAccount.Key> keys(String id) throws SQLException {
    List<KnownAccount.Key> keys = new ArrayList<>();
    credentials.setString(1, id);
    try (ResultSet row = credentials.executeQuery()) {
      while (row.next()) {
        keys.add(new KnownAccount.Key(row.getString(1), row.getString(2), null));
      }
    }
    return keys;
  }
}
