package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rpc.AnswerBudget.Overrun;
import dev.portcullis.settings.Given;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerBudgetTest {
  private static final byte[] ANSWER = {1};
  private static final byte[] LATE = {2};
  private static final byte[] OVERLOADED = {3};
  private static final byte[] FAILED = {4};

  private final CountDownLatch proceed = new CountDownLatch(1);
  private final List<AnswerBudget> started = new ArrayList<>();

  @AfterEach
  void stop() {
    proceed.countDown();
    started.forEach(AnswerBudget::stop);
  }

  @Test
  void givesTheAnswerOfAnotherThread() throws Exception {
    Thread caller = Thread.currentThread();
    AtomicBoolean here = new AtomicBoolean();
    AnswerBudget budget = budget("PT30S", 1, 1);
    assertSame(
        ANSWER,
        budget.call(
            () -> {
              here.set(Thread.currentThread() == caller);
              return ANSWER;
            },
            AnswerBudgetTest::otherwise));
    assertFalse(here.get());
    assertEquals(Duration.ofSeconds(30), budget.length());
  }

  @Test
  void answersWithoutADecisionThatIsLateAndDoesNotInterruptIt() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    AnswerBudget budget = budget("PT0.05S", 1, 1);
    assertArrayEquals(
        LATE,
        budget.call(
            () -> {
              try {
                proceed.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              ended.countDown();
              return ANSWER;
            },
            AnswerBudgetTest::otherwise));
    proceed.countDown();
    assertTrue(ended.await(30, TimeUnit.SECONDS));
    assertFalse(interrupted.get());
  }

  @Test
  void answersAtOnceWhenWorkersAndQueueAreFull() throws Exception {
    AnswerBudget budget = budget("PT60S", 2, 3);
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      List<Future<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(
            callers.submit(
                () ->
                    budget.call(
                        () -> {
                          proceed.await();
                          return ANSWER;
                        },
                        AnswerBudgetTest::otherwise)));
      }
      long overloaded = 0;
      for (int i = 0; i < 3000 && overloaded == 0; i++) {
        Thread.sleep(10);
        overloaded = calls.stream().filter(Future::isDone).count();
      }
      assertEquals(1, overloaded);
      proceed.countDown();
      List<Byte> answers = new ArrayList<>();
      for (Future<byte[]> call : calls) {
        answers.add(call.get(30, TimeUnit.SECONDS)[0]);
      }
      assertEquals(
          List.of((byte) 1, (byte) 1, (byte) 1, (byte) 1, (byte) 1, (byte) 3),
          answers.stream().sorted().toList());
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void takesUpNothingForWhichNobodyWaitsAnyMore() throws Exception {
    AnswerBudget budget = budget("PT0.05S", 1, 10);
    AtomicBoolean decided = new AtomicBoolean();
    CountDownLatch next = new CountDownLatch(1);
    budget.call(
        () -> {
          proceed.await();
          return ANSWER;
        },
        AnswerBudgetTest::otherwise);
    assertArrayEquals(
        LATE,
        budget.call(
            () -> {
              decided.set(true);
              return ANSWER;
            },
            AnswerBudgetTest::otherwise));
    proceed.countDown();
    for (int i = 0; i < 100 && next.getCount() > 0; i++) {
      budget.call(
          () -> {
            next.countDown();
            return ANSWER;
          },
          AnswerBudgetTest::otherwise);
    }
    assertEquals(0, next.getCount());
    assertFalse(decided.get());
  }

  @Test
  void keepsTheInterruptionOfItsCaller() throws Exception {
    AnswerBudget budget = budget("PT30S", 1, 1);
    Thread.currentThread().interrupt();
    assertArrayEquals(
        LATE,
        budget.call(
            () -> {
              proceed.await();
              return ANSWER;
            },
            AnswerBudgetTest::otherwise));
    assertTrue(Thread.interrupted());
  }

  @Test
  void answersWithoutADecisionThatThrows() throws Exception {
    Logger logger = Logger.getLogger(AnswerBudget.class.getName());
    logger.setUseParentHandlers(false);
    try {
      assertArrayEquals(
          FAILED,
          budget("PT30S", 1, 1)
              .call(
                  () -> {
                    throw new NoClassDefFoundError("on purpose");
                  },
                  AnswerBudgetTest::otherwise));
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  private static byte[] otherwise(Overrun overrun) {
    return switch (overrun) {
      case LATE -> LATE;
      case OVERLOADED -> OVERLOADED;
      case FAILED -> FAILED;
    };
  }

  private AnswerBudget budget(String length, int workers, int queue) throws Exception {
    AnswerBudget budget =
        new AnswerBudget(
            Given.settings(
                Map.of(
                    "portcullis.answer-budget", length,
                    "portcullis.workers", "" + workers,
                    "portcullis.queue", "" + queue)));
    Field threads = AnswerBudget.class.getDeclaredField("threads");
    threads.setAccessible(true);
    threads.set(budget, daemons());
    budget.start();
    started.add(budget);
    return budget;
  }

  private static ManagedThreadFactory daemons() {
    return (ManagedThreadFactory)
        Proxy.newProxyInstance(
            AnswerBudgetTest.class.getClassLoader(),
            new Class<?>[] {ManagedThreadFactory.class},
            (proxy, method, arguments) -> {
              Thread thread = new Thread((Runnable) arguments[0]);
              thread.setDaemon(true);
              return thread;
            });
  }
}
