package dev.portcullis.database;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks again and again, on the server's threads, until Portcullis stops. Each has a thread of
 * its own: none waits for another.
 */
@ApplicationScoped
public class Periodically {
  private static final Logger LOG = System.getLogger(Periodically.class.getName());

  // not the server's scheduler: GlassFish's fails when it is to run a task at the moment in which
  // any application is entered in the configuration, and then never runs the task again
  @Resource private ManagedThreadFactory threads;

  private final List<ScheduledExecutorService> running = new CopyOnWriteArrayList<>();

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
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(threads);
    running.add(scheduler);
    ScheduledFuture<?> unused =
        scheduler.scheduleWithFixedDelay(
            guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    // what runs just now ends by itself
    running.forEach(ScheduledExecutorService::shutdown);
  }
}
