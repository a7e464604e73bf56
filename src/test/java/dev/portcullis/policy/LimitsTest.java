package dev.portcullis.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

  private static List<String> findings(String text) {
    return PolicyCompiler.compile(text, NOW).findings().stream().map(Finding::toString).toList();
  }

  private static Limits limits(String document, Facts facts) {
    return PolicyCompiler.compileWithoutTests(document).orElseThrow().limits(facts);
  }

  private static Facts facts(String operation, String account, String node, String type) {
    return new Facts(
        operation,
        NOW,
        account,
        Set.of("staff"),
        Map.of("team", "red"),
        node,
        Facts.Client.UNKNOWN,
        new Facts.Proxy("p", type, 0, List.of(), "", "", Map.of()),
        Facts.Visitor.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{for: {everyone: true}, proxies: 1}|1:10 error: A limit needs a name; write name: what it is for",
        "{name: a, proxies: 1}|1:10 error: A limit says for whom; write for: {everyone: true}",
        "{name: a, for: {}, proxies: 1}|1:25 error: Say whom it is for; write {everyone: true} or {groups: [staff]}",
        "{name: a, for: {everyone: true}}|1:10 error: This limits nothing; write sessions: 3, proxies: 10, bandwidth: 1MB",
        "{name: a, for: {everyone: true}, proxy: 1}|1:43 error: There is no 'proxy' here; there are name, for, nodes, sessions, proxies, proxies-per-session, ports, types, bandwidth, connections, bans",
        "{name: a, for: {everyone: true}, proxies: many}|1:52 error: Write a number from 0 to 1000000 here",
        "{name: a, for: {everyone: true}, types: {tpc: 1}}|1:51 error: There is no 'tpc' here; there are http, https, stcp, sudp, tcp, tcpmux, udp, xtcp",
        "{name: a, for: {everyone: true}, bandwidth: 1Mbit}|1:54 error: '1Mbit' is no bandwidth of frp; write 500KB or 1MB",
        "{name: a, for: {everyone: true}, connections: {per-proxy: 5}}|1:68 error: '5' is no rate; write 20/10s, 100/1m, up to 10000 and an hour",
        "{name: a, for: {everyone: true}, proxies: 1, bans: {}}|1:61 error: Visitors are banned who exceed their rate; write connections: {per-visitor: 20/10s}",
      })
  void saysWhatIsWrongAndWhatToWrite(String limit, String finding) {
    assertTrue(
        findings("limits: [" + limit + "]").contains(finding),
        () -> findings("limits: [" + limit + "]").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/1s", "10001/1s", "5/0s", "5/61m", "5/2h", "5/1d", "5/s", "-1/1s", "5"})
  void readsNoOtherRate(String text) {
    assertEquals(
        1,
        findings(
                "limits: [{name: a, for: {everyone: true}, connections: {per-visitor: %s}}]"
                    .formatted(text))
            .size());
  }

  @Test
  void readsRates() {
    assertEquals(new Rate(100, Duration.ofMinutes(1)), Rate.of("100/1m"));
    assertEquals(new Rate(20, Duration.ofSeconds(10)), Rate.of(" 20/10s "));
    assertEquals(new Rate(10_000, Duration.ofHours(1)), Rate.of("10000/60m"));
  }

  @Test
  void bansForLongerEachTimeAndNotForLongerThanTheLongest() {
    BanSteps steps = new BanSteps(3, Duration.ofMinutes(1), 4, Duration.ofDays(1));
    assertEquals(Duration.ofMinutes(1), steps.length(0));
    assertEquals(Duration.ofMinutes(4), steps.length(1));
    assertEquals(Duration.ofMinutes(1024), steps.length(5));
    assertEquals(Duration.ofDays(1), steps.length(6));
    assertEquals(Duration.ofDays(1), steps.length(1_000_000));
  }

  @Test
  void appliesToWhomItIsForOnItsNodes() {
    String document =
        """
        limits:
          - {name: everyone, for: {everyone: true}, proxies: 9}
          - {name: alice, for: {accounts: [alice]}, proxies: 9}
          - {name: staff, for: {groups: [staff]}, proxies: 9}
          - {name: red, for: {labels: {team: red}}, proxies: 9}
          - {name: blue, for: {labels: {team: blue}}, proxies: 9}
          - {name: red staff, for: {groups: [staff], labels: {team: red}}, proxies: 9}
          - {name: pattern, for: {accounts: ["al*"]}, proxies: 9}
          - {name: eu, for: {everyone: true}, nodes: ["eu-*"], proxies: 9}
        """;
    assertEquals(
        List.of("everyone", "alice", "staff", "red", "red staff", "pattern"),
        limits(document, facts("NewProxy", "alice", "us-1", "tcp")).all().stream()
            .map(Limit::name)
            .toList());
    assertEquals(
        List.of("everyone", "staff", "red", "red staff", "eu"),
        limits(document, facts("NewProxy", "bob", "eu-1", "tcp")).all().stream()
            .map(Limit::name)
            .toList());
  }

  @Test
  void refusesWithTheLimitTheNumberAndWhatIsInUse() {
    Limits limits =
        limits(
            "limits: [{name: staff, for: {groups: [staff]}, sessions: 3}]",
            facts("Login", "alice", "n", ""));
    assertEquals(Optional.empty(), limits.excess(limit -> new InUse(2, 0, 0, 0, Map.of())));
    assertEquals(
        "'alice' has 3 of 3 sessions (limit 'staff'). Stop one, or ask whoever runs the server for more.",
        limits.excess(limit -> new InUse(3, 0, 0, 0, Map.of())).orElseThrow().reason());
  }

  /** What a person would work out, limit by limit. */
  @Test
  void isExceededWhereverOneLimitIsAndTheStrictestSaysSo() {
    Random random = new Random(7);
    List<String> types = List.of("tcp", "udp", "http", "stcp");
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      StringBuilder document = new StringBuilder("limits:\n");
      int[][] numbers = new int[1 + random.nextInt(4)][5];
      String type = types.get(random.nextInt(types.size()));
      for (int i = 0; i < numbers.length; i++) {
        for (int j = 0; j < 5; j++) {
          numbers[i][j] = random.nextInt(60);
        }
        document.append(
            "  - {name: l%d, for: {everyone: true}, sessions: %d, proxies: %d, proxies-per-session: %d, ports: %d, types: {%s: %d}}%n"
                .formatted(
                    i,
                    numbers[i][0],
                    numbers[i][1],
                    numbers[i][2],
                    numbers[i][3],
                    type,
                    numbers[i][4]));
      }
      int[] used = random.ints(5, 0, 9).toArray();
      List<Integer> exceeded = new ArrayList<>();
      for (int[] most : numbers) {
        for (int j = 0; j < 5; j++) {
          boolean counts = j != 3 || type.equals("tcp") || type.equals("udp");
          if (counts && used[j] + 1 > most[j]) {
            exceeded.add(most[j]);
          }
        }
      }
      Optional<Excess> excess =
          limits(document.toString(), facts("NewProxy", "alice", "n", type))
              .excess(
                  limit -> new InUse(used[0], used[1], used[2], used[3], Map.of(type, used[4])));
      assertEquals(
          exceeded.stream().min(Integer::compare),
          excess.map(Excess::most),
          () -> document + " " + Arrays.toString(used));
      refused += excess.isPresent() ? 1 : 0;
    }
    assertTrue(refused > 200 && refused < 1_800, "refused " + refused);
  }

  @Test
  void testsOfADocumentSayWhichLimitRefuses() {
    String rules =
        """
        rules: [{name: r, allow: {everyone: true}, proxies: {types: [http]}}]
        limits: [{name: few, for: {everyone: true}, proxies: 2, bandwidth: 1MB}]
        tests:
        """;
    assertEquals(
        List.of(),
        findings(
            rules
                + """
                  - {account: a, proxy: {type: http}, in-use: {proxies: 1}, expect: allow, bandwidth: 1MB}
                  - {account: a, proxy: {type: http}, in-use: {proxies: 2}, expect: reject, limit: few}
                """));
    assertEquals(
        List.of(
            "4:5 error: This test fails: NewProxy of 'a' is rejected by the limit 'few', not allowed",
            "5:5 error: This test fails: the limit that refuses is none, not 'few'",
            "6:5 error: This test fails: the bandwidth is 1MB, not 2MB"),
        findings(
            rules
                + """
                  - {account: a, proxy: {type: http}, in-use: {proxies: 2}, expect: allow}
                  - {account: a, proxy: {type: http}, expect: allow, limit: few}
                  - {account: a, proxy: {type: http}, expect: allow, bandwidth: 2MB}
                """));
  }
}
