package dev.portcullis.database;

import java.util.concurrent.Callable;

/**
 * Runs work on a server's managed thread as this application's. TomEE finds the application by the
 * thread's class loader, and gives its managed threads another one: without this a transaction that
 * fails there is not even rolled back.
 */
public final class ApplicationContext {
  private ApplicationContext() {}

  /**
   * The same work, with the class loader that the calling thread has now: that of a request, or of
   * the start. It is not always the WAR's own: Liberty's sees the server's services as well.
   */
  public static <T> Callable<T> in(Callable<T> work) {
    ClassLoader application = Thread.currentThread().getContextClassLoader();
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(application);
      try {
        return work.call();
      } finally {
        thread.setContextClassLoader(own);
      }
    };
  }
}
