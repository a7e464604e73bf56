package dev.portcullis.database;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs tasks again and again, on the server's threads, until Portcullis stops. */
@ApplicationScoped
public class Periodically {
  private static final Logger LOG = System.getLogger(Periodically.class.getName());

  @Resource private ManagedScheduledExecutorService scheduler;

  private final List<Future<?>> running = new CopyOnWriteArrayList<>();

  /**
   * Runs a task, and again so long after it has ended. A failing one is logged once, until it works
   * again, and goes on. To be called at the start.
   *
   * @param purpose for the log, as in "saving when sessions were seen"
   */
  public void run(String purpose, Duration pause, Runnable task) {
    AtomicBoolean failing = new AtomicBoolean();
    Callable<Object> work = ApplicationContext.ofStart().in(Executors.callable(task));
    Runnable guarded =
        () -> {
          try {
            work.call();
            failing.set(false);
          } catch (Exception e) {
            // a periodic task that throws is never run again
            if (!failing.getAndSet(true)) {
              LOG.log(Level.WARNING, "Failed at " + purpose + "; still trying", e);
            }
          }
        };
    running.add(
        scheduler.scheduleWithFixedDelay(
            guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  @PreDestroy
  void stop() {
    running.forEach(task -> task.cancel(false));
  }
}
