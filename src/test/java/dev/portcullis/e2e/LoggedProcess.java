package dev.portcullis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process whose output is kept line by line and can be waited for. */
final class LoggedProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private LoggedProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static LoggedProcess start(String name, ProcessBuilder builder) throws IOException {
    // frpc would take a proxy of the machine for its way to frps
    builder.environment().keySet().removeIf(key -> key.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder
        .environment()
        .merge(
            "JAVA_TOOL_OPTIONS",
            System.getProperty("portcullis.java.options"),
            (given, ours) -> given + " " + ours);
    Process process = builder.redirectErrorStream(true).start();
    LoggedProcess logged = new LoggedProcess(name, process);
    Runtime.getRuntime().addShutdownHook(new Thread(logged::destroyAll));
    Thread reader = new Thread(logged::read, name + " log");
    reader.setDaemon(true);
    reader.start();
    return logged;
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        // what Java says of our own doing
        if (!line.startsWith("Picked up JAVA_TOOL_OPTIONS")) {
          add(line);
        }
      }
    } catch (IOException e) {
      // closed with the process
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  List<String> log() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Lines so far; what comes after them can be waited for with {@link #awaitAfter}. */
  int mark() {
    return log().size();
  }

  Matcher await(Pattern pattern, Duration time) {
    return awaitAfter(0, pattern, time);
  }

  void await(String text) {
    awaitAfter(0, text);
  }

  void awaitProxy(String name) {
    // frpc 0.52 names a proxy with the user's prefix here, later ones without
    awaitAfter(
        0,
        Pattern.compile("[\\[.]" + Pattern.quote(name) + "] start proxy success"),
        Duration.ofSeconds(30));
  }

  void awaitAfter(int mark, String text) {
    awaitAfter(mark, Pattern.compile(Pattern.quote(text)), Duration.ofSeconds(30));
  }

  Matcher awaitAfter(int mark, Pattern pattern, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    int seen = mark;
    synchronized (lines) {
      while (true) {
        for (; seen < lines.size(); seen++) {
          Matcher matcher = pattern.matcher(lines.get(seen));
          if (matcher.find()) {
            return matcher;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(
              name + " has not said '" + pattern + "' but:\n" + String.join("\n", lines));
        }
        waitForLines(Math.min(left, 1_000));
      }
    }
  }

  private void waitForLines(long millis) {
    try {
      lines.wait(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the process to end by itself. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " has not ended:\n" + String.join("\n", log()));
    }
    return process.exitValue();
  }

  /** Sends a signal that Java itself can't send. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void kill() {
    destroyAll();
    waitForEnd();
  }

  // a server's script may have started the server as its child
  private void destroyAll() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    process.destroy();
    waitForEnd();
  }

  private void waitForEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        destroyAll();
        throw new AssertionError(name + " did not stop:\n" + String.join("\n", log()));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
