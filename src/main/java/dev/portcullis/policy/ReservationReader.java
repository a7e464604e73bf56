package dev.portcullis.policy;

import dev.portcullis.policy.Rule.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the reservations of a document: each is a rule that denies its ports to all others. */
final class ReservationReader {
  private final RuleReader rules;

  /**
   * Starts to read.
   *
   * @param rules who knows the names that are given already
   */
  ReservationReader(RuleReader rules) {
    this.rules = rules;
  }

  /** The rule; empty, with findings, where it can't be told what is reserved for whom. */
  Optional<Rule> rule(DocumentNode node) {
    Map<String, DocumentNode> members = node.members("name", "ports", "nodes", "for", "reason");
    DocumentNode ports = members.get("ports");
    DocumentNode whom = members.get("for");
    String name = rules.name(node, members.get("name"));
    if (ports == null || whom == null) {
      node.complain(
          "A reservation needs ports and for whom they are; write {name: databases, ports: [5432], for: {groups: [dba]}}");
      return Optional.empty();
    }
    Who insiders = RuleReader.who(whom);
    if (insiders.everyone()) {
      whom.complain("Ports that are for everyone are not reserved; write for: {groups: [dba]}");
    }
    DocumentNode reason = members.get("reason");
    return Optional.of(
        new Rule(
            name,
            rules.nextOrder(),
            node.line(),
            Effect.DENY,
            true,
            reason == null
                ? "This port is reserved ('%s' of this server's policy); leave remotePort out to get another."
                    .formatted(name)
                : reason.someText(),
            Who.everyoneBut(insiders),
            PolicyReader.patterns(members, "nodes"),
            Set.of("NewProxy"),
            new ProxyMatch(
                Set.of(),
                List.of(),
                PolicyReader.ports(ports),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of()),
            null,
            null,
            null,
            null,
            null,
            null));
  }
}
