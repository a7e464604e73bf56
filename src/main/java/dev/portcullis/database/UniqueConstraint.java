package dev.portcullis.database;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a lost race for a unique row from other failures of the database. */
public final class UniqueConstraint {
  private UniqueConstraint() {}

  /**
   * Whether a transaction failed since another one has taken a unique value. Every server wraps the
   * database's error in other exceptions; the SQL state 23 (integrity constraint violation) is what
   * they share.
   */
  public static boolean isBrokenBy(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable Throwable cause = failure;
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("23")) {
        return true;
      }
    }
    return false;
  }
}
