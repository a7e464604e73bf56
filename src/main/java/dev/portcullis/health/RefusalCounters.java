package dev.portcullis.health;

import dev.portcullis.decision.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that were refused outside any chain, by their codes. */
@ApplicationScoped
class RefusalCounters {
  // codes are constants of ours, so there are only so many
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void refused(@Observes Refusal refusal) {
    counts.computeIfAbsent(refusal.code(), code -> new LongAdder()).increment();
  }

  /** The counts so far, by code. */
  Map<String, Long> read() {
    Map<String, Long> read = new TreeMap<>();
    counts.forEach((code, count) -> read.put(code, count.sum()));
    return read;
  }
}
