package dev.portcullis.revision;

import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Denials;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Finding;
import dev.portcullis.policy.Rule;
import dev.portcullis.reservation.OwnedGrant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Warns of rules that deny what accounts own by a grant: since deny wins, it gives them nothing.
 */
final class HiddenGrants {
  private static final int MOST_PORTS = 100;
  private static final int MOST_NAMED = 3;

  private HiddenGrants() {}

  /**
   * One warning for each such rule, with some of those whom it is about.
   *
   * @param grants as many as were looked at
   */
  static List<Finding> among(List<OwnedGrant> grants, CompiledRules policy) {
    Denials denials = new Denials(policy);
    Map<Rule, List<OwnedGrant>> hidden = new TreeMap<>(Comparator.comparingInt(Rule::order));
    for (OwnedGrant grant : grants) {
      hiding(grant, denials)
          .ifPresent(rule -> hidden.computeIfAbsent(rule, known -> new ArrayList<>()).add(grant));
    }
    return hidden.entrySet().stream()
        .map(found -> warning(found.getKey(), found.getValue()))
        .toList();
  }

  private static Finding warning(Rule rule, List<OwnedGrant> hidden) {
    return new Finding(
        Finding.Level.WARNING,
        rule.line(),
        1,
        "'%s' denies what accounts own by grants, for example %s; narrow the rule, or take the grants back"
            .formatted(
                rule.name(),
                hidden.stream()
                    .collect(
                        Collectors.toMap(
                            OwnedGrant::account,
                            OwnedGrant::toString,
                            (one, more) -> one,
                            TreeMap::new))
                    .values()
                    .stream()
                    .limit(MOST_NAMED)
                    .collect(Collectors.joining(", "))));
  }

  private static Optional<Rule> hiding(OwnedGrant grant, Denials denials) {
    return proxies(grant)
        .map(proxy -> denials.of(facts(grant.account(), proxy)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Proxies that the grant is for. */
  private static Stream<Facts.Proxy> proxies(OwnedGrant grant) {
    String value = grant.value();
    return switch (grant.kind()) {
      case "tcp-port" -> ports(value).mapToObj(port -> proxy("tcp", port, List.of(), ""));
      case "udp-port" -> ports(value).mapToObj(port -> proxy("udp", port, List.of(), ""));
      case "domain" -> Stream.of(proxy("http", 0, List.of(value), ""));
      // of a pattern nobody knows which will be asked for
      case "subdomain" ->
          value.contains("*") ? Stream.empty() : Stream.of(proxy("http", 0, List.of(), value));
      default -> Stream.empty();
    };
  }

  private static IntStream ports(String value) {
    List<Integer> ends =
        Arrays.stream(value.split("-", 2)).map(String::strip).map(Integer::valueOf).toList();
    return IntStream.rangeClosed(ends.get(0), ends.get(ends.size() - 1)).limit(MOST_PORTS);
  }

  private static Facts.Proxy proxy(String type, int port, List<String> domains, String subdomain) {
    return new Facts.Proxy("", type, port, domains, subdomain, "", Map.of());
  }

  private static Facts facts(String account, Facts.Proxy proxy) {
    return new Facts(
        "NewProxy",
        OffsetDateTime.now(ZoneOffset.UTC),
        account,
        Set.of(),
        Map.of(),
        "",
        Facts.Client.UNKNOWN,
        proxy,
        Facts.Visitor.NONE);
  }
}
