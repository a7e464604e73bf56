package dev.portcullis.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The limits that apply to something that is asked. Each must be kept, so the strictest of several
 * wins.
 *
 * @param all in the order of the document
 */
public record Limits(List<Limit> all, Facts facts) {
  public Limits {
    all = List.copyOf(all);
  }

  /** Whether how many sessions there are is of interest. */
  public boolean countSessions() {
    return all.stream().anyMatch(Limit::countsSessions);
  }

  /** Whether how many sessions and proxies there are is of interest to a proxy. */
  public boolean countProxies() {
    return all.stream().anyMatch(Limit::countsProxies);
  }

  /**
   * What one more session, or proxy, would exceed; the strictest of several.
   *
   * @param inUse what the account has by now on the nodes of a limit
   */
  public Optional<Excess> excess(Function<Limit, InUse> inUse) {
    return all.stream()
        .flatMap(limit -> limit.excesses(facts, inUse.apply(limit)).stream())
        .min(Comparator.comparingInt(Excess::most));
  }

  /** What a proxy gets at most. */
  public Optional<Bandwidth> bandwidth() {
    return all.stream()
        .map(Limit::bandwidth)
        .filter(Objects::nonNull)
        .min(Comparator.comparing(Bandwidth::bytesPerSecond));
  }
}
