package dev.portcullis.database;

import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** Periodic tasks that run when a test says so. */
public final class Tasks extends Periodically {
  private final Map<String, Runnable> tasks = new ConcurrentHashMap<>();
  private final Map<String, Duration> pauses = new ConcurrentHashMap<>();

  @Override
  public void run(String purpose, Duration pause, Runnable task) {
    tasks.put(purpose, task);
    pauses.put(purpose, pause);
  }

  /** Runs the task of that purpose once. */
  public void run(String purpose) {
    Runnable task = tasks.get(purpose);
    if (task == null) {
      throw new NoSuchElementException(purpose + " is not among " + tasks.keySet());
    }
    task.run();
  }

  /** How long the task of that purpose pauses. */
  public Duration pause(String purpose) {
    Duration pause = pauses.get(purpose);
    if (pause == null) {
      throw new NoSuchElementException(purpose + " is not among " + pauses.keySet());
    }
    return pause;
  }
}
