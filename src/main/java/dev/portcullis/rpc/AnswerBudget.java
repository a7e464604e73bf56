package dev.portcullis.rpc;

import dev.portcullis.database.ApplicationContext;
import dev.portcullis.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Has a decision made by a worker and waits for it no longer than frps may wait: frps itself has no
 * timeout and would hang with whatever hangs here.
 */
@ApplicationScoped
class AnswerBudget {
  private static final Logger LOG = System.getLogger(AnswerBudget.class.getName());

  // the server's own, for JNDI and transactions; a pool of our own, since a server's default one
  // refuses bursts of hundreds
  @Resource private ManagedThreadFactory threads;

  private Settings settings;
  private ExecutorService workers;
  private ApplicationContext context;

  /** Why there is no answer in time. */
  enum Overrun {
    /** The workers and their queue are full. */
    OVERLOADED,
    /** The decision takes too long. */
    LATE,
    /** The decision threw. */
    FAILED
  }

  /** For the container's proxy only. */
  protected AnswerBudget() {}

  @Inject
  AnswerBudget(Settings settings) {
    this.settings = settings;
  }

  /** Has it made at the start, not by the first question. */
  void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {}

  @PostConstruct
  void start() {
    context = ApplicationContext.ofStart();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(settings.queue()),
            threads);
    pool.allowCoreThreadTimeOut(true);
    workers = pool;
  }

  <T> T call(Callable<T> decision, Function<Overrun, T> otherwise) {
    Future<T> answer;
    try {
      answer = workers.submit(context.in(decision));
    } catch (RejectedExecutionException e) {
      return otherwise.apply(Overrun.OVERLOADED);
    }
    try {
      return answer.get(settings.answerBudget().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // not interrupted: that would close H2's file under everybody
      answer.cancel(false);
      return otherwise.apply(Overrun.LATE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise.apply(Overrun.LATE);
    } catch (ExecutionException e) {
      LOG.log(Level.ERROR, "A question of frps can't be decided", e.getCause());
      return otherwise.apply(Overrun.FAILED);
    }
  }

  Duration length() {
    return settings.answerBudget();
  }

  @PreDestroy
  void stop() {
    workers.shutdown();
  }
}
