package dev.portcullis.embedded;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Prints a log record on one line. */
final class ConsoleLines extends Handler {
  private final PrintStream out;
  private final SimpleFormatter messages = new SimpleFormatter();

  ConsoleLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void publish(LogRecord line) {
    if (!isLoggable(line)) {
      return;
    }
    String message = messages.formatMessage(line);
    if (line.getThrown() != null) {
      message += ": " + StartFailure.reason(line.getThrown());
    }
    out.printf(
        "%s %s %s: %s%n",
        LocalTime.ofInstant(line.getInstant(), ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.SECONDS),
        line.getLevel(),
        shortName(line.getLoggerName()),
        message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private static String shortName(String logger) {
    return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
