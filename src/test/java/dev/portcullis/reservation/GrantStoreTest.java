package dev.portcullis.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.change.Changed;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.settings.Given;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrantStoreTest {
  private static final ExclusivePort ALICES =
      new ExclusivePort(
          new GrantEdit("tcp-port", "6000", true).grantFor("alice-id"),
          "alice",
          Transport.TCP,
          6000);

  private static final class Rows extends GrantRows {
    volatile CountDownLatch mayAnswer = new CountDownLatch(0);
    final CountDownLatch isAsked = new CountDownLatch(1);
    volatile List<ExclusivePort> ports = List.of(ALICES);
    volatile boolean broken;
    final AtomicInteger reads = new AtomicInteger();

    @Override
    List<ExclusivePort> exclusivePorts() {
      reads.incrementAndGet();
      List<ExclusivePort> answer = ports;
      isAsked.countDown();
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (broken) {
        throw new IllegalStateException("the database is away");
      }
      return answer;
    }
  }

  private final Rows rows = new Rows();
  private final GrantStore grants = new GrantStore(rows, Given.settings());

  private boolean isAnothers(String account) {
    return grants.isAnothersAlone(account, Transport.TCP, 6000);
  }

  private void change() {
    grants.changed(new Changed(Changed.Kind.EXCLUSIVE_PORTS, "all"));
  }

  @Test
  void knowsAtTheStartWhoseAPortIs() {
    grants.load(this);
    assertEquals(1, rows.reads.get());
    assertTrue(isAnothers("bob-id"));
    assertEquals(false, isAnothers("alice-id"));
    assertEquals(1, rows.reads.get());
  }

  @Test
  void letsNobodyPassWhileAnotherReads() throws Exception {
    rows.mayAnswer = new CountDownLatch(1);
    FutureTask<Boolean> first = new FutureTask<>(() -> isAnothers("bob-id"));
    FutureTask<Boolean> second = new FutureTask<>(() -> isAnothers("bob-id"));
    start(first);
    rows.isAsked.await();
    Thread thread = start(second);
    while (thread.getState() != Thread.State.BLOCKED && !second.isDone()) {
      Thread.sleep(1);
    }
    rows.mayAnswer.countDown();
    assertTrue(first.get());
    assertTrue(second.get());
    assertEquals(1, rows.reads.get());
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  @Test
  void readsAgainWhatHasChangedWhileItRead() throws Exception {
    rows.ports = List.of();
    rows.mayAnswer = new CountDownLatch(1);
    FutureTask<Boolean> first = new FutureTask<>(() -> isAnothers("bob-id"));
    start(first);
    rows.isAsked.await();
    rows.ports = List.of(ALICES);
    change();
    rows.mayAnswer.countDown();
    first.get();
    assertTrue(isAnothers("bob-id"));
  }

  @Test
  void answersNothingThatItCouldNotReadAfterAChange() {
    grants.load(this);
    change();
    rows.broken = true;
    assertThrows(IllegalStateException.class, () -> isAnothers("bob-id"));
    assertThrows(IllegalStateException.class, () -> isAnothers("bob-id"));
    rows.broken = false;
    assertTrue(isAnothers("bob-id"));
  }
}
