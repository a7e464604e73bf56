package dev.portcullis.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.condition.Address;
import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.TextPattern;
import dev.portcullis.decision.Asked;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocksTest {
  private static KnownLock lock(
      LockKind kind, String target, String node, @Nullable OffsetDateTime expiresAt) {
    return new Lock(kind, target, node, kind + " " + target + " " + node, "op", expiresAt).known();
  }

  private static final Lockable ALICE =
      new Lockable(
          "frps-1",
          "alice",
          Set.of("staff", "night"),
          List.of("203.0.113.7:51234", "[2001:db8::9]:1"),
          "alice.web");

  @ParameterizedTest
  @CsvSource({
    "ACCOUNT, alice, , true",
    "ACCOUNT, Alice, , false",
    "ACCOUNT, staff, , false",
    "GROUP, staff, , true",
    "GROUP, night, , true",
    "GROUP, day, , false",
    "NODE, frps-1, , true",
    "NODE, frps-2, , false",
    "ADDRESS, 203.0.113.7, , true",
    "ADDRESS, 203.0.113.0/24, , true",
    "ADDRESS, 203.0.113.8/29, , false",
    "ADDRESS, 2001:db8::/32, , true",
    "ADDRESS, ::/0, , true",
    "ADDRESS, 198.51.100.0/24, , false",
    "PROXY, alice.web, , true",
    "PROXY, alice.web, frps-1, true",
    "PROXY, alice.web, frps-2, false",
    "PROXY, web, , false",
    "PROXY, alice.*, , true",
    "PROXY, alice.*, frps-2, false",
    "PROXY, *.web, frps-1, true",
    "PROXY, ${account}.web, , true",
    "PROXY, bob.*, , false",
  })
  void holdsOff(LockKind kind, String target, @Nullable String node, boolean expected) {
    Locks locks = new Locks(List.of(lock(kind, target, node == null ? "" : node, null)));
    assertEquals(expected, locks.on(ALICE, Asked.NOW).findFirst().isPresent());
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void endsByTheClock(long seconds, boolean expected) {
    Locks locks =
        new Locks(List.of(lock(LockKind.ACCOUNT, "alice", "", Asked.NOW.plusSeconds(seconds))));
    assertEquals(expected, locks.on(ALICE, Asked.NOW).findFirst().isPresent());
  }

  @Test
  void isNotEndedByAnotherLockOnTheSameThing() {
    KnownLock ended = lock(LockKind.ACCOUNT, "alice", "", Asked.NOW.minusSeconds(1));
    KnownLock standing = lock(LockKind.ACCOUNT, "alice", "", null);
    Locks locks = new Locks(List.of(ended, standing));
    assertEquals(List.of(standing), locks.on(ALICE, Asked.NOW).toList());
  }

  @Test
  void findsWhatAskingEveryLockFinds() {
    Random random = new Random(4);
    List<String> names = List.of("a", "b", "c", "d");
    for (int round = 0; round < 500; round++) {
      List<KnownLock> all = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        LockKind kind = LockKind.values()[random.nextInt(LockKind.values().length)];
        String name = names.get(random.nextInt(4));
        int bits = random.nextInt(9);
        String target =
            switch (kind) {
              case ADDRESS ->
                  "10.0.0.%d/%d"
                      .formatted(random.nextInt(256) >> (8 - bits) << (8 - bits), 24 + bits);
              case PROXY -> List.of("a.", "*.", "b.").get(random.nextInt(3)) + name;
              default -> name;
            };
        String node =
            kind == LockKind.PROXY && random.nextBoolean() ? names.get(random.nextInt(4)) : "";
        all.add(
            lock(
                kind,
                target,
                node,
                random.nextInt(3) == 0 ? Asked.NOW.plusSeconds(random.nextInt(3) - 1) : null));
      }
      Lockable asked =
          new Lockable(
              names.get(random.nextInt(4)),
              names.get(random.nextInt(4)),
              Set.of(names.get(random.nextInt(4)), "x"),
              List.of(
                  "10.0.0.%d:7".formatted(random.nextInt(256)), random.nextBoolean() ? "pipe" : ""),
              random.nextBoolean() ? "" : "a." + names.get(random.nextInt(4)));
      assertEquals(
          ids(all.stream().filter(lock -> naively(lock, asked))),
          ids(new Locks(all).on(asked, Asked.NOW)),
          () -> all + " and " + asked);
    }
  }

  private static Set<String> ids(Stream<KnownLock> locks) {
    return locks.map(lock -> lock.shown().id()).collect(Collectors.toSet());
  }

  private static boolean naively(KnownLock lock, Lockable asked) {
    if (lock.expiresAt() != null && !lock.expiresAt().isAfter(Asked.NOW)) {
      return false;
    }
    return switch (lock.kind()) {
      case ACCOUNT -> lock.target().equals(asked.account());
      case GROUP -> asked.groups().contains(lock.target());
      case NODE -> lock.target().equals(asked.node());
      case ADDRESS ->
          asked.endpoints().stream()
              .flatMap(endpoint -> Address.ofEndpoint(endpoint).stream())
              .anyMatch(AddressSet.of(List.of(lock.target()))::contains);
      case PROXY ->
          (lock.node().isEmpty() || lock.node().equals(asked.node()))
              && TextPattern.of(lock.target())
                  .matches(
                      asked.proxy(),
                      new TextPattern.Names(asked.account(), asked.node(), asked.groups()));
    };
  }
}
