package dev.portcullis.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rewrites of a document, one after the other. */
final class RewriteReader {
  private final RuleReader rules;
  private final Set<String> names = new HashSet<>();
  private int order;

  RewriteReader(RuleReader rules) {
    this.rules = rules;
  }

  /** The rewrite; empty, with findings, where it can't be told whom it is for, or what it does. */
  Optional<Rewrite> rewrite(DocumentNode node) {
    Map<String, DocumentNode> members = node.members("name", "for", "nodes", "proxies", "set");
    DocumentNode name = members.get("name");
    DocumentNode whom = members.get("for");
    DocumentNode set = members.get("set");
    if (name == null) {
      node.complain("A rewrite needs a name; write name: what it is for");
    } else if (!names.add(name.text())) {
      name.complain(
          "There is a rewrite '%s' already; give this one another name".formatted(name.text()));
    }
    if (whom == null || set == null) {
      node.complain(
          "A rewrite is for somebody and sets something; write for: {everyone: true}, and set: {bandwidth: 1MB}");
      return Optional.empty();
    }
    Who who = RuleReader.who(whom);
    ProxyMatch proxies = rules.proxies(members.get("proxies"));
    List<Setting> settings = SettingReader.settings(set);
    if (who.groups().isEmpty()
        && settings.stream()
            .anyMatch(setting -> Template.places(setting.text()).contains("group"))) {
      set.complain(
          "${group} is the group that the rewrite is for; name groups in for: {groups: []}");
    }
    if (has(settings, Rewritable.HTTP_USER) != has(settings, Rewritable.HTTP_PASSWORD)) {
      set.complain(
          "Visitors need both; write http-user and http-password, or basic-auth: generated");
    }
    for (Setting setting : settings) {
      if (proxies != null
          && !proxies.types().isEmpty()
          && proxies.types().stream().noneMatch(setting.member()::isOf)) {
        set.complain(
            "No proxy of type %s has %s"
                .formatted(PolicyReader.names(proxies.types()), setting.member().word()));
      }
    }
    return Optional.of(
        new Rewrite(
            new Rule(
                name == null ? "" : name.text(),
                order++,
                node.line(),
                Rule.Effect.ALLOW,
                true,
                null,
                who,
                PolicyReader.patterns(members, "nodes"),
                Set.of("NewProxy"),
                proxies,
                null,
                null,
                null,
                null,
                null,
                null),
            settings));
  }

  private static boolean has(List<Setting> settings, Rewritable member) {
    return settings.stream().anyMatch(setting -> setting.member() == member);
  }
}
