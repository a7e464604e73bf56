package dev.portcullis.lock;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.AddressTable;
import dev.portcullis.condition.Network;
import dev.portcullis.condition.TextPattern;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Locks, found by what they are on: names by hash, networks by their lengths; only patterns of
 * proxy names are tried one by one. Immutable.
 */
final class Locks {
  private final Map<LockKind, Map<String, List<KnownLock>>> byName = new EnumMap<>(LockKind.class);
  private final Map<TextPattern, List<KnownLock>> byPattern = new HashMap<>();
  private final AddressTable<KnownLock> byAddress;

  Locks(List<KnownLock> locks) {
    Map<LockKind, List<KnownLock>> byKind =
        locks.stream().collect(Collectors.groupingBy(KnownLock::kind));
    Function<LockKind, List<KnownLock>> on = kind -> byKind.getOrDefault(kind, List.of());
    for (LockKind kind : List.of(LockKind.NODE, LockKind.ACCOUNT, LockKind.GROUP)) {
      byName.put(kind, on.apply(kind).stream().collect(Collectors.groupingBy(KnownLock::target)));
    }
    byAddress = AddressTable.of(on.apply(LockKind.ADDRESS), lock -> Network.of(lock.target()));
    Map<String, List<KnownLock>> proxies = new HashMap<>();
    on.apply(LockKind.PROXY).stream()
        .collect(Collectors.groupingBy(KnownLock::target))
        .forEach(
            (target, ofTarget) -> {
              TextPattern pattern = TextPattern.of(target);
              pattern
                  .exact()
                  .ifPresentOrElse(
                      name -> proxies.put(name, ofTarget), () -> byPattern.put(pattern, ofTarget));
            });
    byName.put(LockKind.PROXY, proxies);
  }

  /** Those in force. */
  Stream<KnownLock> on(Lockable asked, OffsetDateTime now) {
    return Stream.of(
            named(LockKind.NODE, asked.node()),
            named(LockKind.ACCOUNT, asked.account()),
            asked.groups().stream().sorted().flatMap(group -> named(LockKind.GROUP, group)),
            onAddress(asked),
            onProxy(asked))
        .flatMap(Function.identity())
        .filter(lock -> lock.isInForce(now));
  }

  private Stream<KnownLock> named(LockKind kind, String name) {
    return byName.getOrDefault(kind, Map.of()).getOrDefault(name, List.of()).stream();
  }

  private Stream<KnownLock> onAddress(Lockable asked) {
    // an address is not read for nothing
    return byAddress.isEmpty()
        ? Stream.empty()
        : asked.endpoints().stream()
            .map(Address::ofEndpoint)
            .flatMap(Optional::stream)
            .flatMap(byAddress::covering);
  }

  private Stream<KnownLock> onProxy(Lockable asked) {
    if (asked.proxy().isEmpty()) {
      return Stream.empty();
    }
    TextPattern.Names names = new TextPattern.Names(asked.account(), asked.node(), asked.groups());
    return Stream.concat(
            named(LockKind.PROXY, asked.proxy()),
            byPattern.entrySet().stream()
                .filter(locks -> locks.getKey().matches(asked.proxy(), names))
                .flatMap(locks -> locks.getValue().stream()))
        .filter(lock -> lock.countsOn(asked.node()));
  }
}
