package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.audit.AuditEvent.Kind;
import dev.portcullis.audit.AuditEvent.Outcome;
import dev.portcullis.database.Tasks;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditStoreTest {
  private static final String TASK = "writing the audit log";

  private final HandMadeRows rows = new HandMadeRows();
  private final Tasks tasks = new Tasks();
  private final AuditStore audit = new AuditStore(rows, tasks);
  private final Logger logger = Logger.getLogger(AuditStore.class.getName());

  @BeforeEach
  void start() {
    logger.setUseParentHandlers(false);
    audit.start(this);
  }

  @AfterEach
  void speak() {
    logger.setUseParentHandlers(true);
  }

  @Test
  void hasCommittedAnEventWhenItReturns() {
    audit.record(event("a"));
    assertEquals("a", rows.only().operation());
    audit.record(event("b"));
    assertEquals(2, rows.commits.size(), "alone nobody waits for anybody");
  }

  @Test
  void tellsTheCallerWhoseEventCouldNotBeCommitted() {
    rows.failure = new IllegalStateException("away");
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> audit.record(event("a")));
    assertSame(rows.failure, thrown.getCause());
    rows.failure = null;
    audit.record(event("b"));
    assertEquals("b", rows.only().operation());
  }

  @Test
  void sharesACommitAmongThoseWhoCameDuringTheLastOne() throws Exception {
    int callers = 50;
    CountDownLatch committing = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    rows.duringCommit =
        () -> {
          committing.countDown();
          await(proceed);
        };
    ExecutorService threads = Executors.newFixedThreadPool(callers + 1);
    try {
      List<Future<?>> calls = new ArrayList<>();
      calls.add(threads.submit(() -> audit.record(event("first"))));
      await(committing);
      CountDownLatch arrived = new CountDownLatch(callers);
      for (int i = 0; i < callers; i++) {
        AuditEvent event = event("later" + i);
        calls.add(
            threads.submit(
                () -> {
                  arrived.countDown();
                  audit.record(event);
                }));
      }
      await(arrived);
      // they are at the lock as soon as they have queued their event
      for (int i = 0; i < 3000 && waiting() < callers; i++) {
        Thread.sleep(10);
      }
      proceed.countDown();
      for (Future<?> call : calls) {
        call.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of(1, callers), rows.commits.stream().map(List::size).toList());
  }

  private int waiting() throws ReflectiveOperationException {
    Field field = AuditStore.class.getDeclaredField("waiting");
    field.setAccessible(true);
    return ((Collection<?>) field.get(audit)).size();
  }

  @Test
  void losesNoEventOfManyThreadsAndCommitsEachOnce() throws Exception {
    int each = 500;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Set<String> expected = Collections.synchronizedSet(new HashSet<>());
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        calls.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    String name = number + "." + i;
                    expected.add(name);
                    if (i % 5 == 0) {
                      audit.recordLater(event(name));
                    } else {
                      audit.record(event(name));
                    }
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    tasks.run(TASK);
    List<String> names = rows.events().stream().map(AuditRepresentation::operation).toList();
    assertEquals(8 * each, names.size());
    assertEquals(expected, Set.copyOf(names));
  }

  @Test
  void writesLaterWhatNobodyWaitsFor() {
    assertEquals(Duration.ofSeconds(1), tasks.pause(TASK));
    for (int i = 0; i < 450; i++) {
      audit.recordLater(event("e" + i));
    }
    assertEquals(0, rows.commits.size());
    tasks.run(TASK);
    assertEquals(List.of(200, 200, 50), rows.commits.stream().map(List::size).toList());
  }

  @Test
  void writesWhatIsLeftWhenItStops() {
    audit.recordLater(event("a"));
    audit.stop();
    assertEquals("a", rows.only().operation());
  }

  @Test
  void keepsNoMoreThanTenThousandThatNobodyWaitsFor() {
    for (int i = 0; i < 10_050; i++) {
      audit.recordLater(event("e"));
    }
    tasks.run(TASK);
    assertEquals(10_000, rows.events().size());
    audit.recordLater(event("e"));
    tasks.run(TASK);
    assertEquals(10_001, rows.events().size());
  }

  @Test
  void countsLateEventsThatWereLostToo() {
    rows.failure = new IllegalStateException("away");
    for (int i = 0; i < 30_000; i++) {
      audit.recordLater(event("e"));
      if (i % 5000 == 0) {
        tasks.run(TASK);
      }
    }
    rows.failure = null;
    audit.recordLater(event("last"));
    tasks.run(TASK);
    assertTrue(
        rows.events().stream().anyMatch(event -> event.operation().equals("last")),
        "lost ones have filled it for ever");
  }

  @Test
  void joinsTheCallersTransaction() {
    audit.recordWith(event("a"));
    assertEquals("a", rows.withCaller.get(0).operation());
    assertEquals(0, rows.commits.size());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AuditEvent event(String operation) {
    return new AuditEvent(Kind.DECISION, Outcome.ALLOWED, operation);
  }
}
