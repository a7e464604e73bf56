package dev.portcullis.policy;

import dev.portcullis.condition.AddressSet;
import dev.portcullis.condition.TextPattern;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rule fits wherever another one does. Says no where it is not sure, so that nobody is
 * warned in vain.
 */
final class Covering {
  private Covering() {}

  static boolean covers(Rule outer, Rule inner) {
    return outer.operations().containsAll(inner.operations())
        && coversWho(outer.who(), inner.who())
        && coversPatterns(outer.nodes(), inner.nodes())
        && coversProxies(outer, inner)
        && coversClients(outer.clients(), inner.clients())
        && coversVisitors(outer.visitors(), inner.visitors())
        && (outer.hours() == null || outer.hours().equals(inner.hours()))
        && (outer.from() == null || (inner.from() != null && !inner.from().isBefore(outer.from())))
        && (outer.until() == null
            || (inner.until() != null && !inner.until().isAfter(outer.until())))
        && (outer.when() == null
            || Objects.toString(outer.when()).equals(Objects.toString(inner.when())));
  }

  private static boolean coversWho(Who outer, Who inner) {
    return (outer.everyone() && !outer.others())
        || (!outer.everyone()
            && !inner.everyone()
            && coversPatterns(outer.accounts(), inner.accounts())
            && coversWords(outer.groups(), inner.groups())
            && coversKeys(outer.labels(), inner.labels()));
  }

  private static boolean coversProxies(Rule outerRule, Rule innerRule) {
    ProxyMatch outer = outerRule.proxies();
    ProxyMatch inner = innerRule.proxies();
    if (outer == null) {
      return true;
    }
    return inner != null
        && coversWords(outer.types(), inner.types())
        && coversPatterns(outer.names(), inner.names())
        && coversPatterns(outer.groups(), inner.groups())
        && coversKeys(outer.metas(), inner.metas())
        && (!outer.namesResources()
            || (inner.namesResources()
                && coversResources(outer, inner)
                // elsewhere the port is not known, and an allow fits where a deny does not
                && (outerRule.effect() == innerRule.effect()
                    || Set.of("NewProxy").containsAll(innerRule.operations()))));
  }

  private static boolean coversResources(ProxyMatch outer, ProxyMatch inner) {
    return outer.ports().containsAll(inner.ports())
        && all(
            inner.pools(),
            pool -> outer.pools().contains(pool) || outer.ports().containsAll(pool.ports()))
        && all(inner.domains(), domain -> any(outer.domains(), own -> own.coversHosts(domain)))
        && all(
            inner.subdomains(),
            subdomain -> any(outer.subdomains(), own -> own.coversHosts(subdomain)));
  }

  private static boolean coversClients(@Nullable ClientMatch outer, @Nullable ClientMatch inner) {
    return outer == null
        || (inner != null
            && coversAddresses(outer.addresses(), inner.addresses())
            && coversEach(
                outer.versions(),
                inner.versions(),
                (own, other) -> own.toString().equals(other.toString()))
            && coversWords(outer.systems(), inner.systems())
            && coversKeys(outer.metas(), inner.metas()));
  }

  private static boolean coversVisitors(
      @Nullable VisitorMatch outer, @Nullable VisitorMatch inner) {
    return outer == null
        || (inner != null
            && coversAddresses(outer.addresses(), inner.addresses())
            && coversWords(outer.countries(), inner.countries())
            && coversWords(outer.asns(), inner.asns()));
  }

  private static boolean coversAddresses(List<AddressSet> outer, List<AddressSet> inner) {
    return coversEach(outer, inner, AddressSet::containsAll);
  }

  private static boolean coversPatterns(List<TextPattern> outer, List<TextPattern> inner) {
    return coversEach(outer, inner, TextPattern::covers);
  }

  private static boolean coversWords(Set<?> outer, Set<?> inner) {
    return outer.isEmpty() || (!inner.isEmpty() && outer.containsAll(inner));
  }

  private static boolean coversKeys(
      Map<String, TextPattern> outer, Map<String, TextPattern> inner) {
    return all(
        outer.entrySet(),
        wanted -> {
          TextPattern own = inner.get(wanted.getKey());
          return own != null && wanted.getValue().covers(own);
        });
  }

  /** Of members of which any value fits, and none stands for any. */
  private static <T> boolean coversEach(List<T> outer, List<T> inner, BiPredicate<T, T> coversOne) {
    return outer.isEmpty()
        || (!inner.isEmpty() && all(inner, value -> any(outer, own -> coversOne.test(own, value))));
  }

  private static <T> boolean all(Collection<T> values, Predicate<T> test) {
    return values.stream().allMatch(test);
  }

  private static <T> boolean any(Collection<T> values, Predicate<T> test) {
    return values.stream().anyMatch(test);
  }
}
