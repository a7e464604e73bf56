package dev.portcullis.policy;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Documents and questions made by chance, the same ones each time. */
final class ByChance {
  static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

  private final Random random;

  ByChance(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  void shuffle(List<String> rules) {
    Collections.shuffle(rules, random);
  }

  private String any(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String rule(int number) {
    StringBuilder text = new StringBuilder("  - {name: r" + number);
    text.append(any(", allow: ", ", allow: ", ", deny: "))
        .append(
            any(
                "{everyone: true}",
                "{accounts: [alice]}",
                "{accounts: [al*, bob]}",
                "{accounts: ['*o*', '${node}*']}",
                "{groups: [staff, guests]}",
                "{groups: [staff], accounts: [alice, bob]}",
                "{labels: {team: red}}",
                "{labels: {team: 'r*', site: berlin}}"));
    text.append(
        any(
            "",
            "",
            ", proxies: {types: [tcp]}",
            ", proxies: {types: [http, tcp]}",
            ", proxies: {ports: [1-1000, 2000]}",
            ", proxies: {ports: [80, 551, 9000]}",
            ", proxies: {pools: [web]}",
            ", proxies: {pools: [web], domains: ['*ample.com']}",
            ", proxies: {domains: ['*.example.com']}",
            ", proxies: {domains: ['${account}.example.com', '*']}",
            ", proxies: {domains: ['a.*', B.Example.ORG]}",
            ", proxies: {domains: [a.example.com], subdomains: ['${account}*']}",
            ", proxies: {subdomains: ['${group}-*'], types: [http]}",
            ", proxies: {subdomains: ['Al*', bob], ports: [550]}",
            ", proxies: {names: [w*]}",
            ", proxies: {names: [ssh, '${account}']}",
            ", visitors: {addresses: [192.0.2.0/24]}",
            ", visitors: {addresses: [192.0.0.0/8, '2001:db8::/33']}",
            ", visitors: {addresses: [203.0.113.7, '2001:db8:1::/48']}",
            ", visitors: {addresses: ['::/0']}",
            ", visitors: {countries: [DE]}, proxies: {types: [tcp]}",
            ", operations: [NewProxy, NewUserConn, Ping], proxies: {ports: [1-70, 550]}"));
    text.append(any("", "", "", ", nodes: [eu-*]", ", nodes: [us-1]"));
    text.append(
        any("", "", "", ", clients: {os: [linux]}", ", clients: {addresses: [192.0.2.1, '::1']}"));
    // of a proxy that is visited the port is not known
    String asked = text.indexOf("visitors") < 0 ? "proxy.port % 2 == 0" : "proxy.name == \"web\"";
    text.append(any("", "", "", ", when: '" + asked + "'", ", when: 'labels[\"x\"] == \"y\"'"));
    text.append(
        any("", "", "", ", from: 2026-11-20", ", until: 2026-11-30", ", until: 2026-11-01"));
    return text.append(any("", "", "", ", enforce: false")).append("}\n").toString();
  }

  String document(int rules) {
    StringBuilder text =
        new StringBuilder("pools: {web: {ports: [500-600], nodes: [eu-1]}}\nrules:\n");
    IntStream.range(0, rules).mapToObj(this::rule).forEach(text::append);
    return text.toString();
  }

  Facts facts() {
    return new Facts(
        any("NewProxy", "NewProxy", "NewProxy", "NewUserConn", "Login", "Ping"),
        NOW,
        any("alice", "bob", "carol"),
        Set.of(any("staff", "guests", "others"), any("day", "night")),
        random.nextBoolean() ? Map.of() : Map.of("team", any("red", "blue"), "site", "berlin"),
        any("eu-1", "us-1"),
        new Facts.Client(
            any("192.0.2.1", "192.0.2.2", "::1", ""), "0.70.1", any("linux", "windows"), Map.of()),
        proxy(),
        new Facts.Visitor(
            any("192.0.2.7", "203.0.113.7", "2001:db8:1::7", "2001:db8:8000::7", "::7", ""),
            any("DE", "FR", ""),
            0));
  }

  private Facts.Proxy proxy() {
    String type = any("tcp", "udp", "http", "https", "stcp");
    boolean takesPort = type.equals("tcp") || type.equals("udp");
    boolean takesHost = type.startsWith("http");
    return new Facts.Proxy(
        any("web", "ssh", "alice"),
        type,
        takesPort ? Integer.parseInt(any("0", "80", "550", "551", "2000", "9000")) : 0,
        takesHost
            ? List.of(
                    List.<String>of(),
                    List.of("a.example.com"),
                    List.of("*.example.com"),
                    List.of("*.com"),
                    List.of("Alice.Example.com"),
                    List.of("sample.com"),
                    List.of("com"),
                    List.of("a.example.com", "b.example.org"))
                .get(random.nextInt(8))
            : List.of(),
        takesHost ? any("", "alice", "AL", "staff-1", "bob") : "",
        "",
        Map.of());
  }
}
