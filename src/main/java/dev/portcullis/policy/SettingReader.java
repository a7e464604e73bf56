package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a rewrite sets, or what a test expects to be set. */
final class SettingReader {
  private static final Set<String> PLACES =
      Set.of("account", "node", "group", "proxy", Template.SUBDOMAIN, "run_id");
  private static final String GENERATED = "generated";
  private static final int MOST_EDITIONS = 1_000_000;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9-]*");
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final Map<String, DocumentNode> members;
  private final boolean expected;
  private final int edition;
  private final List<Setting> settings = new ArrayList<>();

  private SettingReader(Map<String, DocumentNode> members, boolean expected) {
    this.members = members;
    this.expected = expected;
    DocumentNode given = members.get("edition");
    this.edition = given == null ? 1 : given.number(1, MOST_EDITIONS);
  }

  /** What a rewrite sets. */
  static List<Setting> settings(DocumentNode node) {
    return settings(node, false);
  }

  /** What a test expects: nothing is added to what it says. */
  static List<Setting> expected(DocumentNode node) {
    return settings(node, true);
  }

  private static List<Setting> settings(DocumentNode node, boolean expected) {
    Map<String, DocumentNode> members =
        node.members(
            "bandwidth",
            "basic-auth",
            "http-user",
            "http-password",
            "headers",
            "response-headers",
            "host-header",
            "allow-users",
            "sk",
            "group-key",
            "metas",
            "annotations",
            "subdomain",
            "edition");
    if (members.isEmpty()) {
      node.complain("Say what to set; write {bandwidth: 1MB}");
    }
    return new SettingReader(members, expected).read();
  }

  private List<Setting> read() {
    DocumentNode bandwidth = members.get("bandwidth");
    if (bandwidth != null && Bandwidth.parse(bandwidth.text()).isEmpty()) {
      bandwidth.complain("'%s' is no bandwidth; write 500KB or 1MB".formatted(bandwidth.text()));
    } else if (bandwidth != null) {
      settings.add(new Setting(Rewritable.BANDWIDTH, "", bandwidth.text().strip(), 0));
    }
    basicAuth();
    map(Rewritable.HEADERS);
    map(Rewritable.RESPONSE_HEADERS);
    text(Rewritable.HOST_HEADER);
    allowUsers();
    secret(Rewritable.SK);
    secret(Rewritable.GROUP_KEY);
    map(Rewritable.METAS);
    map(Rewritable.ANNOTATIONS);
    subdomain();
    if (members.containsKey("edition") && settings.stream().noneMatch(Setting::isGenerated)) {
      members.get("edition").complain("An edition is of what is generated, and nothing is");
    }
    return List.copyOf(settings);
  }

  private void basicAuth() {
    DocumentNode both = members.get("basic-auth");
    if (both == null) {
      text(Rewritable.HTTP_USER);
      secret(Rewritable.HTTP_PASSWORD);
      return;
    }
    both.word(GENERATED);
    if (members.containsKey("http-password")) {
      both.complain("Leave out http-password, or basic-auth: generated");
    }
    if (members.containsKey("http-user")) {
      text(Rewritable.HTTP_USER);
    } else if (!expected) {
      settings.add(new Setting(Rewritable.HTTP_USER, "", "${account}", 0));
    }
    settings.add(new Setting(Rewritable.HTTP_PASSWORD, "", "", edition));
  }

  private void map(Rewritable member) {
    DocumentNode node = members.get(member.word());
    if (node == null) {
      return;
    }
    node.members()
        .forEach(
            (name, value) -> {
              if (!member.isName(name)) {
                value.complain("'%s' is no name of %s".formatted(name, member.word()));
              } else {
                add(member, name, value);
              }
            });
  }

  private void text(Rewritable member) {
    DocumentNode node = members.get(member.word());
    if (node != null) {
      add(member, "", node);
    }
  }

  private void add(Rewritable member, String name, DocumentNode node) {
    String text = node.text();
    if (Template.isValid(text, PLACES)) {
      settings.add(new Setting(member, name, text, 0));
    } else {
      node.complain("%s: %s".formatted(member.word(), Template.rule(PLACES)));
    }
  }

  private void allowUsers() {
    DocumentNode node = members.get("allow-users");
    if (node == null) {
      return;
    }
    for (DocumentNode user : node.someItems()) {
      if (user.text().contains(",") || !Template.isValid(user.text(), PLACES)) {
        user.complain("Write one user, or * for all");
      }
    }
    settings.add(
        new Setting(
            Rewritable.ALLOW_USERS,
            "",
            String.join(",", node.texts().stream().sorted().toList()),
            0));
  }

  private void secret(Rewritable member) {
    DocumentNode node = members.get(member.word());
    if (node == null) {
      return;
    }
    String text = node.text();
    if (text.equals(GENERATED)) {
      settings.add(new Setting(member, "", "", edition));
    } else if (SECRET.matcher(text).matches()) {
      settings.add(new Setting(member, "", text, 0));
    } else {
      node.complain(
          "%s: write generated, or 1 to 200 visible letters of ASCII".formatted(member.word()));
    }
  }

  private void subdomain() {
    DocumentNode node = members.get("subdomain");
    if (node == null) {
      return;
    }
    if (LABEL.matcher(Template.fill(node.text(), Map.of())).matches()) {
      add(Rewritable.SUBDOMAIN, "", node);
    } else {
      node.complain(
          "'%s' is no subdomain; write one label of a to z, digits and hyphens, as in app-${account}"
              .formatted(node.text()));
    }
  }
}
