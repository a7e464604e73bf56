package dev.portcullis.database;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that failed only since another one was quicker: at a unique value, a lock, a
 * version. The next attempt sees what the other one has written.
 */
public final class LostRace {
  private static final int ATTEMPTS = 8;
  // its SQLState is the general one
  private static final int LOCK_TIMEOUT_OF_MARIADB = 1205;

  private LostRace() {}

  /**
   * Runs a transaction, and again while it loses races.
   *
   * @param transaction begins and ends a transaction of its own at every call
   * @throws RuntimeException the last failure
   */
  public static <T> T retried(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (Exception e) {
        // a server's transaction interceptor throws checked exceptions that no method declares
        if (attempt == ATTEMPTS || !isCauseOf(e)) {
          throw e instanceof RuntimeException unchecked
              ? unchecked
              : new IllegalStateException("A transaction failed", e);
        }
      }
    }
  }

  /** Whether that is why a transaction failed; every server wraps it in other exceptions. */
  public static boolean isCauseOf(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (@Nullable Throwable cause = failure;
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      if (cause instanceof OptimisticLockException
          || cause instanceof PessimisticLockException
          || cause instanceof LockTimeoutException
          || (cause instanceof SQLException sql && isRace(sql))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRace(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        // integrity constraint, transaction rollback (deadlock), lock timeout, H2's concurrent
        // update
        && (state.startsWith("23")
            || state.startsWith("40")
            || state.equals("HYT00")
            || state.equals("90131")
            || (state.equals("HY000") && failure.getErrorCode() == LOCK_TIMEOUT_OF_MARIADB));
  }
}
