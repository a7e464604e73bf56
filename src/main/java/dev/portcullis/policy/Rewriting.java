package dev.portcullis.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rewrites of a document make of a proxy that is asked for.
 *
 * @param rewrites the names of those that fit, in document order
 * @param settings what they set, each thing once
 */
public record Rewriting(List<String> rewrites, List<Setting> settings) {
  static final Rewriting NONE = new Rewriting(List.of(), List.of());

  public Rewriting {
    rewrites = List.copyOf(rewrites);
    settings = List.copyOf(settings);
  }

  /** The facts as rules see them afterwards. */
  public Facts of(Facts facts) {
    Facts.Proxy proxy = facts.proxy();
    String subdomain = proxy.subdomain();
    Map<String, String> metas = new HashMap<>(proxy.metas());
    for (Setting setting : settings) {
      if (setting.member() == Rewritable.SUBDOMAIN) {
        subdomain = setting.text();
      } else if (setting.member() == Rewritable.METAS) {
        metas.put(setting.name(), setting.text());
      }
    }
    return facts.withProxy(
        new Facts.Proxy(
            proxy.name(),
            proxy.type(),
            proxy.port(),
            proxy.domains(),
            subdomain,
            proxy.group(),
            metas));
  }

  /** What is not as expected, for people; a subdomain that nobody sets is the one asked for. */
  Optional<String> misses(Setting expected, Facts asked) {
    Optional<Setting> found =
        settings.stream().filter(setting -> setting.key().equals(expected.key())).findFirst();
    if (found.isEmpty() && expected.member() == Rewritable.SUBDOMAIN) {
      found = Optional.of(new Setting(expected.member(), "", asked.proxy().subdomain(), 0));
    }
    return found.filter(expected::sameAs).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s is %s, not %s"
                .formatted(
                    expected.place(),
                    found.map(setting -> "'" + setting.shown() + "'").orElse("not set"),
                    found.filter(setting -> setting.shown().equals(expected.shown())).isPresent()
                        ? "this one"
                        : "'" + expected.shown() + "'"));
  }
}
