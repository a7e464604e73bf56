package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rewrites of a document. Each sees what the client has asked, none what another has set; what
 * those that fit set is put together.
 */
final class Rewrites {
  private final List<Rewrite> rewrites;
  private final RuleIndex index;

  Rewrites(List<Rewrite> rewrites) {
    this.rewrites = rewrites;
    // not by what is asked for: one that fits a part of it counts
    this.index = new RuleIndex(rewrites.stream().map(Rewrite::ofAnyProxy).toList(), false);
  }

  Rewriting of(Facts facts, String runId) {
    if (rewrites.isEmpty() || !facts.operation().equals("NewProxy")) {
      return Rewriting.NONE;
    }
    List<String> names = new ArrayList<>();
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (Rule whom : index.candidates(facts)) {
      Rewrite rewrite = rewrites.get(whom.order());
      if (rewrite.fits(facts)) {
        names.add(rewrite.name());
        Map<String, String> values = values(rewrite, facts, runId);
        rewrite.settings().stream()
            .filter(setting -> setting.concerns(facts.proxy()))
            .map(setting -> setting.filled(values))
            .forEach(setting -> settings.merge(setting.key(), setting, Setting::before));
      }
    }
    return new Rewriting(names, List.copyOf(settings.values()));
  }

  private static Map<String, String> values(Rewrite rewrite, Facts facts, String runId) {
    return Map.of(
        "account",
        facts.account(),
        "node",
        facts.node(),
        "group",
        rewrite.whom().who().groups().stream()
            .filter(facts.groups()::contains)
            .min(String::compareTo)
            .orElse(""),
        "proxy",
        facts.proxy().name(),
        Template.SUBDOMAIN,
        facts.proxy().subdomain(),
        "run_id",
        runId);
  }
}
