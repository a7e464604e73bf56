package dev.portcullis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.QueryTimeoutException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LostRaceTest {

  /** Two exceptions that are each other's cause. */
  private static final class Circular extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      return other;
    }

    private Throwable other = this;

    static Circular of(String state) {
      Circular first = new Circular();
      first.other = new IllegalStateException(new SQLException("x", state, first));
      return first;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "23505,true", // unique: H2, PostgreSQL
    "23000,true", // unique: MariaDB
    "23503,true",
    "40001,true", // deadlock, serialization
    "40P01,true",
    "HYT00,true", // H2's lock timeout
    "90131,true", // H2's concurrent update
    "08006,false",
    "22001,false",
    "42000,false",
    "57014,false",
    "HY000,false",
    "'',false",
    ",false"
  })
  void isToldByTheSqlState(@Nullable String state, boolean race) {
    SQLException cause = new SQLException("x", state);
    assertEquals(race, LostRace.isCauseOf(cause));
    assertEquals(
        race,
        LostRace.isCauseOf(
            new IllegalStateException(new PersistenceException(new RuntimeException(cause)))));
  }

  @Test
  void isToldByTheErrorCodeWhereMariaDbHasNoStateForIt() {
    assertTrue(LostRace.isCauseOf(new SQLException("lock wait timeout", "HY000", 1205)));
    assertFalse(LostRace.isCauseOf(new SQLException("x", "HY000", 1105)));
    assertFalse(LostRace.isCauseOf(new SQLException("x", "42000", 1205)));
  }

  @Test
  void isToldByTheExceptionsOfJpa() {
    assertTrue(LostRace.isCauseOf(new IllegalStateException(new OptimisticLockException())));
    assertTrue(LostRace.isCauseOf(new PessimisticLockException()));
    assertTrue(LostRace.isCauseOf(new LockTimeoutException()));
    assertFalse(LostRace.isCauseOf(new QueryTimeoutException()));
    assertFalse(LostRace.isCauseOf(new PersistenceException("23505")));
    assertFalse(LostRace.isCauseOf(new RuntimeException()));
    assertTrue(LostRace.isCauseOf(new SQLIntegrityConstraintViolationException("x", "23505")));
  }

  @Test
  void isFoundInACircleOfCauses() {
    assertTrue(LostRace.isCauseOf(Circular.of("23505")));
    assertFalse(LostRace.isCauseOf(Circular.of("08006")));
  }

  @Test
  void isRunAgainUntilItIsWon() {
    AtomicInteger count = new AtomicInteger();
    assertEquals(
        "won",
        LostRace.retried(
            () -> {
              if (count.incrementAndGet() < 8) {
                throw new PersistenceException(new SQLException("x", "40001"));
              }
              return "won";
            }));
    assertEquals(8, count.get());
  }

  @Test
  void isGivenUpAfterEightAttempts() {
    AtomicInteger count = new AtomicInteger();
    PersistenceException failure = new PersistenceException(new SQLException("x", "23505"));
    assertSame(
        failure,
        assertThrows(
            PersistenceException.class,
            () ->
                LostRace.retried(
                    () -> {
                      count.incrementAndGet();
                      throw failure;
                    })));
    assertEquals(8, count.get());
  }

  @Test
  void isNotRunAgainAfterAnotherFailure() {
    AtomicInteger count = new AtomicInteger();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            LostRace.retried(
                () -> {
                  count.incrementAndGet();
                  throw new IllegalArgumentException();
                }));
    assertEquals(1, count.get());
  }

  @Test
  void wrapsCheckedExceptionsThatAServerThrows() {
    Exception checked = new Exception("by an interceptor");
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class, () -> LostRace.retried(() -> LostRaceTest.sneak(checked)));
    assertSame(checked, thrown.getCause());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, E extends Throwable> T sneak(Throwable failure) throws E {
    throw (E) failure;
  }
}
