package dev.portcullis.database;

import java.util.concurrent.Callable;

/**
 * Runs work on a server's managed thread as this application's. TomEE finds the application by the
 * thread's class loader, and gives its managed threads another one: without this a transaction that
 * fails there is not even rolled back.
 */
public final class ApplicationContext {
  private ApplicationContext() {}

  /** The same work, with the application's class loader. */
  public static <T> Callable<T> in(Callable<T> work) {
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(ApplicationContext.class.getClassLoader());
      try {
        return work.call();
      } finally {
        thread.setContextClassLoader(own);
      }
    };
  }
}
