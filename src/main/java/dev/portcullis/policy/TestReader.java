package dev.portcullis.policy;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the tests of a document. */
final class TestReader {
  private final OffsetDateTime now;

  TestReader(OffsetDateTime now) {
    this.now = now;
  }

  PolicyTest test(DocumentNode node) {
    Map<String, DocumentNode> members =
        node.members(
            "account",
            "groups",
            "labels",
            "node",
            "at",
            "operation",
            "client",
            "proxy",
            "visitor",
            "expect",
            "rule",
            "rewritten",
            "in-use",
            "limit",
            "bandwidth");
    DocumentNode expect = members.get("expect");
    if (expect == null) {
      node.complain("A test needs what to expect; write expect: allow, or expect: reject");
    }
    DocumentNode rule = members.get("rule");
    DocumentNode rewritten = members.get("rewritten");
    return new PolicyTest(
        node.line(),
        node.column(),
        facts(members),
        expect != null && expect.word("allow", "reject").equals("allow"),
        rule == null ? Optional.empty() : Optional.of(rule.text()),
        rewritten == null ? List.of() : SettingReader.expected(rewritten),
        LimitTest.of(members.get("in-use"), members.get("limit"), members.get("bandwidth")));
  }

  private Facts facts(Map<String, DocumentNode> members) {
    DocumentNode operation = members.get("operation");
    DocumentNode at = members.get("at");
    OffsetDateTime moment = at == null ? null : at.read(TestReader::moment);
    return new Facts(
        operation == null
            ? members.containsKey("visitor")
                ? "NewUserConn"
                : members.containsKey("proxy") ? "NewProxy" : "Login"
            : operation.word(PolicyDocument.OPERATIONS.toArray(String[]::new)),
        moment == null ? now : moment,
        text(members, "account"),
        new HashSet<>(texts(members, "groups")),
        values(members, "labels"),
        text(members, "node"),
        client(members.get("client")),
        proxy(members.get("proxy")),
        visitor(members.get("visitor")));
  }

  private static OffsetDateTime moment(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no moment; write 2026-12-31T18:00:00+01:00".formatted(text), e);
    }
  }

  private static Facts.Client client(@Nullable DocumentNode node) {
    if (node == null) {
      return Facts.Client.UNKNOWN;
    }
    Map<String, DocumentNode> members = node.members("address", "version", "os", "metas");
    return new Facts.Client(
        text(members, "address"),
        text(members, "version"),
        text(members, "os"),
        values(members, "metas"));
  }

  private static Facts.Proxy proxy(@Nullable DocumentNode node) {
    if (node == null) {
      return Facts.Proxy.NONE;
    }
    Map<String, DocumentNode> members =
        node.members("name", "type", "port", "domains", "subdomain", "group", "metas");
    DocumentNode type = members.get("type");
    DocumentNode port = members.get("port");
    return new Facts.Proxy(
        text(members, "name"),
        type == null ? "" : type.word(RuleReader.TYPES.toArray(String[]::new)),
        port == null ? 0 : port.number(0, 65_535),
        texts(members, "domains"),
        text(members, "subdomain"),
        text(members, "group"),
        values(members, "metas"));
  }

  private static Facts.Visitor visitor(@Nullable DocumentNode node) {
    if (node == null) {
      return Facts.Visitor.NONE;
    }
    Map<String, DocumentNode> members = node.members("address", "country", "asn");
    DocumentNode asn = members.get("asn");
    return new Facts.Visitor(
        text(members, "address"),
        text(members, "country"),
        asn == null ? 0 : asn.number(1, Integer.MAX_VALUE));
  }

  private static String text(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? "" : node.text();
  }

  private static List<String> texts(Map<String, DocumentNode> members, String name) {
    DocumentNode node = members.get(name);
    return node == null ? List.of() : node.texts();
  }

  private static Map<String, String> values(Map<String, DocumentNode> members, String name) {
    Map<String, String> values = new HashMap<>();
    DocumentNode node = members.get(name);
    if (node != null) {
      node.members().forEach((key, value) -> values.put(key, value.text()));
    }
    return values;
  }
}
