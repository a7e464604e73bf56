package dev.portcullis.policy;

import java.util.List;

/**
 * An entry of {@code rewrites}.
 *
 * @param whom an allow for its proxies, of the same name
 * @param settings what it sets
 */
record Rewrite(Rule whom, List<Setting> settings) {
  public Rewrite {
    settings = List.copyOf(settings);
  }

  String name() {
    return whom.name();
  }

  int line() {
    return whom.line();
  }

  /** For whom it is, whatever they ask for. */
  Rule ofAnyProxy() {
    return new Rule(
        whom.name(),
        whom.order(),
        whom.line(),
        whom.effect(),
        true,
        null,
        whom.who(),
        whom.nodes(),
        whom.operations(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Whether a proxy is meant, wholly or in part: nobody asks for more to get out of it. */
  boolean fits(Facts facts) {
    ProxyMatch proxies = whom.proxies();
    return whom.who().fits(facts)
        && (whom.nodes().isEmpty() || Fit.any(whom.nodes(), facts.node(), facts.names()))
        && (proxies == null
            || facts.proxy().units().stream()
                .map(facts::withProxy)
                .anyMatch(unit -> proxies.fits(unit, true) || proxies.fits(unit, false)));
  }
}
