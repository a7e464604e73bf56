package dev.portcullis.policy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One thing that a rewrite sets.
 *
 * @param name of the header, meta or annotation; empty for what there is once
 * @param text a template, or filled in; users of {@code allow-users} with commas between; empty for
 *     a secret that is generated
 * @param edition of a secret that is generated, from 1; else 0
 */
public record Setting(Rewritable member, String name, String text, int edition) {
  /** Where people see it: {@code headers.X-Account}. */
  public String place() {
    return name.isEmpty() ? member.word() : member.word() + "." + name;
  }

  /** What only one setting may be about: HTTP takes names of headers in any case. */
  String key() {
    return member == Rewritable.HEADERS || member == Rewritable.RESPONSE_HEADERS
        ? place().toLowerCase(Locale.ROOT)
        : place();
  }

  public boolean isGenerated() {
    return edition > 0;
  }

  /** What it sets, without secrets. */
  public String shown() {
    if (isGenerated()) {
      return "generated";
    }
    return member.isSecret() ? "imposed" : text;
  }

  boolean sameAs(Setting other) {
    return text.equals(other.text) && edition == other.edition;
  }

  /** Whether a proxy has what it sets. */
  boolean concerns(Facts.Proxy proxy) {
    return member.isOf(proxy.type())
        && switch (member) {
          case GROUP_KEY -> !proxy.group().isEmpty();
          // who asks for domains only gets no host beside them
          case SUBDOMAIN ->
              !proxy.subdomain().isEmpty()
                  || (proxy.domains().isEmpty()
                      && !Template.places(text).contains(Template.SUBDOMAIN));
          default -> true;
        };
  }

  Setting filled(Map<String, String> values) {
    if (member.isSecret()) {
      return this;
    }
    String filled = Template.fill(text, member == Rewritable.ALLOW_USERS ? users(values) : values);
    return new Setting(
        member,
        name,
        // hosts are compared in lower case
        member == Rewritable.SUBDOMAIN ? filled.toLowerCase(Locale.ROOT) : filled,
        edition);
  }

  /** Values of which each is of one user: what a client says must not add some, or all. */
  private static Map<String, String> users(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, value -> value.getValue().replaceAll("[,*]", "_")));
  }

  /** Of two that are about the same: the slower, else the first. */
  Setting before(Setting other) {
    if (member != Rewritable.BANDWIDTH) {
      return this;
    }
    Bandwidth own = Bandwidth.parse(text).orElseThrow();
    return Bandwidth.parse(other.text)
        .filter(slower -> !own.atMost(slower).equals(own))
        .map(slower -> other)
        .orElse(this);
  }

  /** Leaves out the text, which may be a secret. */
  @Override
  public String toString() {
    return "Setting[" + member.word() + "]";
  }
}
