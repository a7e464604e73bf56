package dev.portcullis.policy;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A document such as a company of many teams would have after years, of as many rules as asked for,
 * and questions about it. The same for the same number.
 */
public final class MadeUpPolicy {
  static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

  /** Rules of which there is one for each team, whatever the number of rules. */
  private static final int KINDS = 20;

  private final int rules;
  private final int teams;

  public MadeUpPolicy(int rules) {
    this.rules = rules;
    this.teams = Math.max(1, rules / KINDS);
  }

  CompiledRules compiled() {
    PolicyCompiler.Result result = PolicyCompiler.compile(text(), NOW);
    return result
        .policy()
        .orElseThrow(() -> new IllegalStateException(result.findings().toString()));
  }

  public String text() {
    StringBuilder text =
        new StringBuilder(
            "sets: {office: [192.0.2.0/24, \"2001:db8::/32\"]}\npools: {web: {ports: [20000-29999], nodes: [\"eu-*\"]}}\nrules:\n");
    for (int i = 0; i < rules; i++) {
      text.append("  - {name: \"rule ").append(i).append("\", ").append(rule(i)).append("}\n");
    }
    return text.toString();
  }

  private String rule(int number) {
    int team = number / KINDS;
    int port = 1_024 + number % 60_000;
    return switch (number % KINDS) {
      case 0 ->
          "allow: {groups: [team-%d]}, proxies: {types: [tcp], ports: [%d-%d]}"
              .formatted(team, port, port + 9);
      case 1 ->
          "allow: {groups: [team-%d]}, proxies: {types: [http, https], subdomains: ['${account}', 'team-%d-*']}"
              .formatted(team, team);
      case 2 ->
          "allow: {groups: [team-%d]}, proxies: {types: [https], domains: ['*.team-%d.example.com']}"
              .formatted(team, team);
      case 3 ->
          "allow: {groups: [team-%d]}, nodes: ['eu-*'], proxies: {types: [tcp], pools: [web]}"
              .formatted(team);
      case 4 -> "deny: {groups: [team-%d]}, proxies: {ports: [%d]}".formatted(team, port);
      case 5 ->
          "allow: {accounts: [user-%d]}, proxies: {types: [tcp, udp], ports: [%d]}"
              .formatted(team * 7, port);
      case 6 ->
          "allow: {accounts: [user-%d, user-%d]}, proxies: {domains: [shop-%d.example.org]}"
              .formatted(team * 11, team * 11 + 1, team);
      case 7 ->
          "allow: {accounts: ['ci-%d-*']}, proxies: {types: [tcp], ports: [%d]}"
              .formatted(team, port);
      case 8 ->
          "allow: {labels: {team: t%d}}, proxies: {types: [udp], ports: [%d-%d]}"
              .formatted(team, port, port + 4);
      case 9 -> "deny: {labels: {suspended: s%d}}".formatted(team);
      case 10 -> "deny: {everyone: true}, proxies: {ports: [%d]}".formatted(port);
      case 11 ->
          "deny: {everyone: true}, proxies: {domains: ['*.reserved-%d.example.com']}"
              .formatted(team);
      case 12 -> "deny: {everyone: true}, proxies: {subdomains: [admin-%d]}".formatted(team);
      case 13 ->
          "allow: {groups: [team-%d]}, proxies: {names: ['ssh-%d']}, visitors: {sets: [office]}"
              .formatted(team, team);
      case 14 ->
          "deny: {everyone: true}, visitors: {addresses: ['198.51.%d.%d']}"
              .formatted(team % 256, number % 250);
      case 15 ->
          "deny: {groups: [team-%d]}, hours: {days: [sat, sun]}, proxies: {types: [stcp]}"
              .formatted(team);
      case 16 ->
          "deny: {everyone: true}, clients: {addresses: [203.0.%d.0/24]}, operations: [Login]"
              .formatted(team % 256);
      case 17 ->
          "allow: {groups: [team-%d]}, proxies: {types: [tcp], ports: [%d]}, when: 'proxy.metas[\"owner\"].endsWith(\"@example.com\")'"
              .formatted(team, port);
      case 18 ->
          "deny: {groups: [team-%d]}, when: 'client.os == \"windows\" && proxy.port > %d'"
              .formatted(team, port);
      default ->
          "allow: {groups: [team-%d]}, from: 2026-01-01, until: 2027-%02d-01, proxies: {types: [udp], ports: [%d]}, enforce: false"
              .formatted(team, 1 + number % 12, port);
    };
  }

  /** What comes of a question. */
  enum Answer {
    ALLOWED,
    DENIED,
    NOT_ALLOWED
  }

  /** Questions of accounts by chance, all with the same answer. */
  List<Facts> questions(String operation, Answer answer, int accounts) {
    Random random = new Random(accounts);
    List<Facts> questions = new ArrayList<>();
    for (int i = 0; i < 1_024; i++) {
      int account = random.nextInt(accounts);
      questions.add(question(operation, answer, account, account % teams));
    }
    return List.copyOf(questions);
  }

  private Facts question(String operation, Answer answer, int account, int team) {
    int first = team * KINDS;
    return new Facts(
        operation,
        NOW,
        "user-" + account,
        Set.of("staff", "team-" + team),
        Map.of("site", "berlin"),
        "eu-1",
        new Facts.Client("192.0.2.77", "0.70.1", "linux", Map.of()),
        operation.equals("Ping") ? Facts.Proxy.NONE : proxy(operation, answer, team, first),
        operation.equals("NewUserConn") ? visitor(answer, team) : Facts.Visitor.NONE);
  }

  private static Facts.Proxy proxy(String operation, Answer answer, int team, int first) {
    if (operation.equals("NewUserConn")) {
      return new Facts.Proxy("ssh-" + team, "tcp", 0, List.of(), "", "", Map.of());
    }
    int port =
        switch (answer) {
          case ALLOWED -> 1_024 + first + 1;
          case DENIED -> 1_024 + first + 4;
          case NOT_ALLOWED -> 64_000;
        };
    return new Facts.Proxy("web", "tcp", port, List.of(), "", "", Map.of());
  }

  private static Facts.Visitor visitor(Answer answer, int team) {
    return new Facts.Visitor(
        switch (answer) {
          case ALLOWED -> "192.0.2.9";
          case DENIED -> "198.51.%d.%d".formatted(team % 256, (team * KINDS + 14) % 250);
          case NOT_ALLOWED -> "192.0.3.9";
        },
        "",
        0);
  }
}
