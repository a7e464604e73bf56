package dev.portcullis.database;

import java.util.concurrent.Callable;

/**
 * Runs work on a server's managed threads as this application's, by the class loader that the
 * starting thread has. TomEE finds the application by it, and gives its managed threads and those
 * of requests another one: without this a transaction that fails there is not even rolled back. And
 * it is not always the WAR's own: Liberty's sees the server's providers as well.
 */
public final class ApplicationContext {
  private final ClassLoader loader;

  private ApplicationContext(ClassLoader loader) {
    this.loader = loader;
  }

  /** Of the thread that starts the application, which must be the calling one. */
  public static ApplicationContext ofStart() {
    return new ApplicationContext(Thread.currentThread().getContextClassLoader());
  }

  /** The same work, with the application's class loader. */
  public <T> Callable<T> in(Callable<T> work) {
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        return work.call();
      } finally {
        thread.setContextClassLoader(own);
      }
    };
  }
}
