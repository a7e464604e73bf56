package dev.portcullis.embedded;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The log of this process: a line each on the console, with stack traces in a file of the data
 * folder. While the server starts and stops, the console has Portcullis's own lines only, since
 * what TomEE says then helps nobody who just runs it.
 */
final class Log {
  private static final String OURS = "dev.portcullis";
  private static final int FILE_BYTES = 5_000_000;
  private static final int FILES = 2;

  // the log manager itself would forget their levels
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger(OURS);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean serving;

  private Log() {}

  /** Logs to the console. */
  static Log toConsole() {
    LogManager.getLogManager().reset();
    Log log = new Log();
    log.root.setLevel(Level.WARNING);
    log.ours.setLevel(Level.INFO);
    Handler console = new ConsoleLines(System.err);
    console.setFilter(log::isForConsole);
    log.root.addHandler(console);
    log.root.addHandler(log.new FailureKeeper());
    return log;
  }

  /** Logs to files of the data folder too. */
  void toFiles(DataFolder folder) throws StartFailure {
    String pattern = folder.file("portcullis").toString().replace("%", "%%") + "-%g.log";
    try {
      FileHandler handler = new FileHandler(pattern, FILE_BYTES, FILES, true);
      handler.setFormatter(new SimpleFormatter());
      handler.setEncoding("UTF-8");
      root.addHandler(handler);
    } catch (IOException e) {
      throw new StartFailure(
          "The log can't be written to %s: %s".formatted(folder.path(), StartFailure.reason(e)), e);
    }
  }

  /** Whether others than Portcullis are heard on the console. */
  void serving(boolean now) {
    serving = now;
  }

  /** The last failure that was logged, for where the server only logs why it gave up. */
  Optional<Throwable> lastFailure() {
    return Optional.ofNullable(failure.get());
  }

  private boolean isForConsole(LogRecord line) {
    String name = line.getLoggerName();
    return serving || (name != null && (name.equals(OURS) || name.startsWith(OURS + ".")));
  }

  private final class FailureKeeper extends Handler {
    @Override
    public void publish(LogRecord line) {
      if (line.getThrown() != null) {
        failure.set(line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
