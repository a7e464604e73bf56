package dev.portcullis.lease;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports that a proxy which asks for any may be given: free ones first, then those that are only
 * held, of the same account first, and the longest held first.
 */
final class PortChoice {
  /** Of those that are held, so many are tried by those who meet: the rest was left later. */
  private static final int OLDEST = 8;

  private final int[] free;
  private final List<PortUse> held;

  private PortChoice(int[] free, List<PortUse> held) {
    this.free = free;
    this.held = held;
  }

  static PortChoice of(
      AllowedPorts allowed, Collection<PortUse> uses, String accountId, OffsetDateTime now) {
    Map<Integer, PortUse> byPort = new HashMap<>();
    uses.forEach(use -> byPort.put(use.port(), use));
    List<PortUse> held = new ArrayList<>();
    int[] free =
        allowed
            .all()
            .filter(
                port -> {
                  PortUse use = byPort.get(port);
                  if (use == null) {
                    return true;
                  }
                  OffsetDateTime left = use.leftAt();
                  if (left == null) {
                    return false;
                  }
                  if (left.plus(allowed.hold(port)).isAfter(now)) {
                    held.add(use);
                    return false;
                  }
                  return true;
                })
            .toArray();
    held.sort(
        Comparator.comparing((PortUse use) -> !use.accountId().equals(accountId))
            .thenComparing(PortUse::leftAt));
    return new PortChoice(free, held);
  }

  /** The first, unless others are after it too: then they would all meet again at the next. */
  OptionalInt pick(boolean first) {
    if (free.length > 0) {
      return OptionalInt.of(free[first ? 0 : random(free.length)]);
    }
    return held.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(held.get(first ? 0 : random(Math.min(OLDEST, held.size()))).port());
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
