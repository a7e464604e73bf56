package dev.portcullis.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Closes what was opened, last first, when the process ends, and never keeps it from ending. */
final class Closing {
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(15);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private volatile boolean begun;

  static Closing atEnd() {
    Closing closing = new Closing();
    Runtime.getRuntime().addShutdownHook(new Thread(closing::closeInTime, "portcullis-closing"));
    return closing;
  }

  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Whether the process ends, so that failures are only its echo. */
  boolean hasBegun() {
    return begun;
  }

  private void closeInTime() {
    begun = true;
    Thread worker = new Thread(this::close, "portcullis-closing-worker");
    worker.setDaemon(true);
    worker.start();
    try {
      worker.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception | LinkageError e) {
        System.getLogger(Closing.class.getName())
            .log(System.Logger.Level.WARNING, "Not closed in order", e);
      }
    }
  }
}
