package dev.portcullis.embedded;

import java.time.Duration;

/** Ends this process when the one that started it has gone: Maven leaves its child behind. */
final class ParentWatch {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private ParentWatch() {}

  static void start() {
    ProcessHandle.current().parent().ifPresent(ParentWatch::watch);
  }

  private static void watch(ProcessHandle parent) {
    Thread thread = new Thread(() -> exitAfter(parent), "portcullis-parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void exitAfter(ProcessHandle parent) {
    try {
      while (parent.isAlive()) {
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }
}
