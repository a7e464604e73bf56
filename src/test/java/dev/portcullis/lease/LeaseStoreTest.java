package dev.portcullis.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.database.Tasks;
import dev.portcullis.decision.Asked;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.policy.Limits;
import dev.portcullis.reservation.Owned;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.Ruled;
import dev.portcullis.settings.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaseStoreTest {

  /** Rows of one node. */
  private static final class Rows extends LeaseRows {
    final Set<String> claimed = new HashSet<>();

    /** Taken by somebody else between looking and claiming. */
    final Set<String> snatched = new HashSet<>();

    final List<Integer> asked = new ArrayList<>();
    final List<Collection<String>> renewed = new ArrayList<>();

    /** What nobody uses, and is only held. */
    final List<PortUse> held = new ArrayList<>();

    int known;

    /** Where the group of a proxy is; 0 for nowhere yet. */
    int group;

    int races;
    String state = "23505";
    boolean broken;
    boolean exceeded;

    @Override
    ClaimOutcome claim(ClaimRequest wish, Limits limits) {
      asked.add(wish.remotePort());
      if (asked.size() <= races) {
        throw new IllegalStateException(new SQLException("lost", state));
      }
      if (exceeded) {
        return new ClaimOutcome.Refused("limit.ports", "too many");
      }
      if (!wish.group().isEmpty() && group != 0 && wish.remotePort() != group) {
        return new ClaimOutcome.Elsewhere(group);
      }
      for (String resource : wish.resources()) {
        if (Occupancy.isGroup(resource) || (group != 0 && resource.equals("tcp:" + group))) {
          continue;
        }
        if (claimed.contains(resource) || snatched.contains(resource)) {
          claimed.add(resource);
          return new ClaimOutcome.Refused("lease.taken", resource);
        }
      }
      claimed.addAll(wish.resources());
      return new ClaimOutcome.Held(wish.remotePort());
    }

    @Override
    int knownPort(ClaimRequest wish) {
      return known;
    }

    @Override
    List<PortUse> uses(String nodeId, String proxyType) {
      return Stream.concat(
              claimed.stream()
                  .map(resource -> Occupancy.portOf(proxyType, resource))
                  .filter(port -> port != 0)
                  .map(port -> new PortUse(port, "bob-id", null)),
              held.stream().filter(use -> !claimed.contains(proxyType + ":" + use.port())))
          .toList();
    }

    @Override
    void renew(Collection<String> logins) {
      if (broken) {
        throw new IllegalStateException("the database is away");
      }
      renewed.add(List.copyOf(logins));
    }
  }

  private final Rows rows = new Rows();
  private final Tasks tasks = new Tasks();

  @Test
  void claimsTheAskedPortOrNone() {
    LeaseStore leases = store("tcp-port 6000-6002");
    assertEquals(new ClaimOutcome.Held(6001), leases.claim(tcp(6001)));
    assertEquals(new ClaimOutcome.Refused("lease.taken", "tcp:6001"), leases.claim(tcp(6001)));
  }

  @Test
  void findsTheFirstPortThatNobodyHolds() {
    LeaseStore leases = store("tcp-port 7000", "tcp-port 6000-6002");
    assertEquals(new ClaimOutcome.Held(7000), leases.claim(tcp(0)));
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(tcp(0)));
    assertEquals(new ClaimOutcome.Held(6001), leases.claim(tcp(0)));
    assertEquals(new ClaimOutcome.Held(6002), leases.claim(tcp(0)));
    assertEquals(
        new ClaimOutcome.Refused(
            "lease.no-free-port",
            "Every tcp port that 'alice' may take is in use; close a proxy, or ask for more"
                + " ports."),
        leases.claim(tcp(0)));
  }

  @Test
  void keepsTcpAndUdpApart() {
    LeaseStore leases = store("tcp-port 6000", "udp-port 6000");
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(tcp(0)));
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(wish("udp", 0)));
  }

  @Test
  void givesAProxyThePortAgainThatItHad() {
    LeaseStore leases = store("tcp-port 6000-6010");
    rows.known = 6005;
    assertEquals(new ClaimOutcome.Held(6005), leases.claim(tcp(0)));
    assertEquals(List.of(6005), rows.asked);
  }

  @Test
  void givesAnotherPortWhenSomebodyElseHasIt() {
    LeaseStore leases = store("tcp-port 6000-6010");
    rows.known = 6005;
    rows.claimed.add("tcp:6005");
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(tcp(0)));
  }

  @Test
  void givesAnotherPortWhenItIsNoLongerGranted() {
    LeaseStore leases = store("tcp-port 6000-6010");
    rows.known = 7000;
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(tcp(0)));
    assertEquals(List.of(6000), rows.asked);
  }

  @Test
  void givesNobodyAPortThatIsAnothersAlone() {
    LeaseStore leases =
        new LeaseStore(
            rows,
            Owned.store(port -> port != 6002, "tcp-port 6000-6010"),
            Ruled.by("rules: [{name: a, allow: {everyone: true}, proxies: {ports: [6000-6010]}}]"),
            Given.settings(),
            tasks);
    rows.known = 6001;
    assertEquals(new ClaimOutcome.Held(6002), leases.claim(tcp(0)));
    assertTrue(leases.claim(tcp(0)) instanceof ClaimOutcome.Refused);
  }

  @Test
  void leavesHeldPortsAloneWhileOthersAreFree() {
    LeaseStore leases = store("tcp-port 6000-6002");
    hold(6000, "bob-id", 1);
    assertEquals(new ClaimOutcome.Held(6001), leases.claim(tcp(0)));
    assertEquals(new ClaimOutcome.Held(6002), leases.claim(tcp(0)));
  }

  @Test
  void takesWhatIsHeldWhenNothingIsFreeItsOwnFirstAndThenTheOldest() {
    LeaseStore leases = store("tcp-port 6000-6003");
    hold(6000, "bob-id", 5);
    hold(6001, "bob-id", 9);
    hold(6002, "alice-id", 1);
    hold(6003, "alice-id", 2);
    for (int port : new int[] {6003, 6002, 6001, 6000}) {
      assertEquals(new ClaimOutcome.Held(port), leases.claim(tcp(0)));
    }
    assertTrue(leases.claim(tcp(0)) instanceof ClaimOutcome.Refused);
  }

  @Test
  void holdsAPortForTheTimeOfItsPoolAndElseOfTheSettings() {
    hold(6000, "bob-id", 6);
    hold(6001, "bob-id", 6);
    LeaseStore leases =
        store(
            Ruled.by("pools:\n  short: {ports: [6001], nodes: [frps-*], hold: P5D}\nrules: []\n"),
            "tcp-port 6000-6001");
    assertEquals(new ClaimOutcome.Held(6001), leases.claim(tcp(0)));
    rows.held.clear();
    rows.claimed.clear();
    hold(6000, "bob-id", 31);
    hold(6001, "bob-id", 1);
    assertEquals(new ClaimOutcome.Held(6000), leases.claim(tcp(0)));
  }

  @Test
  void givesAHeldPortToWhoeverAsksForItByNumberAndMay() {
    hold(6000, "bob-id", 1);
    assertEquals(new ClaimOutcome.Held(6000), store("tcp-port 6000-6003").claim(tcp(6000)));
  }

  @Test
  void followsItsGroupToThePortWhereItIs() {
    rows.group = 6002;
    LeaseStore leases = store("tcp-port 6000-6002");
    assertEquals(new ClaimOutcome.Held(6002), leases.claim(grouped(0)));
    assertEquals(List.of(6000, 6002), rows.asked);
    assertEquals(new ClaimOutcome.Held(6002), leases.claim(grouped(6002)));
  }

  @Test
  void doesNotFollowItsGroupWhereItMayNotOrDidNotAsk() {
    rows.group = 7000;
    LeaseStore leases = store("tcp-port 6000-6002");
    for (int port : new int[] {0, 6001}) {
      ClaimOutcome.Refused refused =
          assertInstanceOf(ClaimOutcome.Refused.class, leases.claim(grouped(port)));
      assertEquals("lease.group-port", refused.code());
      assertTrue(refused.reason().contains("on port 7000"), refused.reason());
    }
  }

  @Test
  void goesOnWhenAPortIsTakenWhileItLooks() {
    LeaseStore leases = store("tcp-port 6000-6009");
    IntStream.range(6000, 6009).forEach(port -> rows.snatched.add("tcp:" + port));
    assertEquals(new ClaimOutcome.Held(6009), leases.claim(tcp(0)));
    assertEquals(rows.asked.size(), Set.copyOf(rows.asked).size(), () -> "twice: " + rows.asked);
  }

  @Test
  void triesNoMorePortsThanATransactionEachIsWorth() {
    LeaseStore leases = store("tcp-port 1-65535");
    IntStream.rangeClosed(1, 65535).forEach(port -> rows.snatched.add("tcp:" + port));
    assertTrue(leases.claim(tcp(0)) instanceof ClaimOutcome.Refused);
    assertTrue(rows.asked.size() <= 64, () -> "asked " + rows.asked.size());
  }

  @Test
  void triesNoOtherPortWhereTheAccountHasTooMany() {
    LeaseStore leases = store("tcp-port 6000-6999");
    rows.exceeded = true;
    assertEquals(new ClaimOutcome.Refused("limit.ports", "too many"), leases.claim(tcp(0)));
    rows.known = 6005;
    assertEquals(new ClaimOutcome.Refused("limit.ports", "too many"), leases.claim(tcp(0)));
    assertEquals(List.of(6000, 6005), rows.asked);
  }

  @Test
  void claimsATypeWithoutAPortOnce() {
    LeaseStore leases = store();
    assertEquals(new ClaimOutcome.Held(0), leases.claim(wish("http", 0)));
    assertEquals(List.of(0), rows.asked);
  }

  @Test
  void claimsOnceMoreAfterALostRace() {
    rows.races = 3;
    assertEquals(new ClaimOutcome.Held(6000), store("tcp-port 6000").claim(tcp(6000)));
    assertEquals(4, rows.asked.size());
  }

  @Test
  void claimsNothingTwiceThatFailsForAnotherReason() {
    rows.races = 99;
    rows.state = "08006";
    assertThrows(IllegalStateException.class, () -> store("tcp-port 6000").claim(tcp(6000)));
    assertEquals(1, rows.asked.size());
  }

  @Test
  void renewsOnceAndInBatches() {
    LeaseStore leases = store();
    leases.start(this);
    assertEquals(Duration.ofSeconds(7), tasks.pause("renewing leases"));
    for (int i = 0; i < 501; i++) {
      leases.renew("run" + i, 1);
      leases.renew("run" + i, 1);
    }
    tasks.run("renewing leases");
    assertEquals(List.of(500, 1), rows.renewed.stream().map(Collection::size).toList());
    tasks.run("renewing leases");
    assertEquals(2, rows.renewed.size());
  }

  @Test
  void renewsLaterWhatCouldNotBeRenewed() {
    LeaseStore leases = store();
    leases.start(this);
    leases.renew("run", 1);
    leases.renew("run", 2);
    rows.broken = true;
    assertThrows(IllegalStateException.class, () -> tasks.run("renewing leases"));
    rows.broken = false;
    tasks.run("renewing leases");
    assertEquals(1, rows.renewed.size());
    assertEquals(Set.of("run 1", "run 2"), Set.copyOf(rows.renewed.get(0)));
  }

  private void hold(int port, String accountId, int days) {
    rows.held.add(new PortUse(port, accountId, OffsetDateTime.now(ZoneOffset.UTC).minusDays(days)));
  }

  private LeaseStore store(String... grants) {
    return store(Ruled.byNothing(), grants);
  }

  private LeaseStore store(PolicyStore policies, String... grants) {
    return new LeaseStore(
        rows,
        Owned.store(grants),
        policies,
        Given.settings(Map.of("portcullis.renewal-interval", "PT7S")),
        tasks);
  }

  private static DecisionRequest<NewProxy> grouped(int port) {
    return Asked.byAlice(Asked.proxy("tcp").edit().remotePort(port).group("blue", "key").done());
  }

  private static DecisionRequest<NewProxy> tcp(int port) {
    return wish("tcp", port);
  }

  private static DecisionRequest<NewProxy> wish(String type, int port) {
    NewProxy proxy = Asked.proxy(type).edit().remotePort(port).done();
    return Asked.byAlice(proxy);
  }
}
