package dev.portcullis.policy;

import dev.portcullis.condition.PortSet;
import dev.portcullis.condition.TextPattern;
import dev.portcullis.policy.Rule.Effect;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a document says that its author hardly means. */
final class Warnings {
  private final PolicyDocument document;
  private final Places places;
  private final List<Finding> findings = new ArrayList<>();

  private Warnings(PolicyDocument document, Places places) {
    this.document = document;
    this.places = places;
  }

  /**
   * All of them.
   *
   * @param now what is over by then is over
   */
  static List<Finding> of(PolicyDocument document, Places places, OffsetDateTime now) {
    Warnings warnings = new Warnings(document, places);
    warnings.overlappingPools();
    warnings.overlappingReservations();
    for (Rule rule : document.rules()) {
      Optional<String> why = Reach.whyNone(rule, now);
      if (why.isPresent()) {
        warnings.warn(
            places.ofRule(rule),
            "'%s' never %s: %s"
                .formatted(
                    rule.name(),
                    // its proxies stay closed to visitors whom no other rule allows
                    rule.effect() == Effect.ALLOW && rule.operations().contains("NewUserConn")
                        ? "allows anything"
                        : "counts",
                    why.get()));
      } else {
        warnings.shadowed(rule);
      }
    }
    return warnings.findings;
  }

  private void warn(Places.Place place, String message) {
    findings.add(new Finding(Finding.Level.WARNING, place.line(), place.column(), message));
  }

  private void overlappingPools() {
    List<Pool> pools = document.pools().stream().sorted(Places.comparing(places::ofPool)).toList();
    for (int i = 0; i < pools.size(); i++) {
      for (Pool before : pools.subList(0, i)) {
        Pool pool = pools.get(i);
        if (pool.ports().overlaps(before.ports()) && shareANode(pool.nodes(), before.nodes())) {
          warn(
              places.ofPool(pool),
              "The pool '%s' has ports of the pool '%s' (line %d) on the same nodes; give each port to one of them"
                  .formatted(pool.name(), before.name(), places.ofPool(before).line()));
        }
      }
    }
  }

  /** Ports that are reserved twice: for nobody but who is in both. */
  private void overlappingReservations() {
    List<Rule> reservations =
        document.rules().stream().filter(rule -> rule.who().others()).toList();
    for (int i = 0; i < reservations.size(); i++) {
      for (Rule before : reservations.subList(0, i)) {
        Rule reservation = reservations.get(i);
        if (ports(reservation).overlaps(ports(before))
            && shareANode(reservation.nodes(), before.nodes())) {
          warn(
              places.ofRule(reservation),
              "'%s' and '%s' (line %d) reserve a port twice: only who may by both gets it"
                  .formatted(reservation.name(), before.name(), places.ofRule(before).line()));
        }
      }
    }
  }

  private static PortSet ports(Rule reservation) {
    return Objects.requireNonNull(reservation.proxies()).ports();
  }

  /** Whether there can be a node that both mean. */
  private static boolean shareANode(List<TextPattern> one, List<TextPattern> other) {
    TextPattern.Names nobody = new TextPattern.Names("", "", Set.of());
    return one.isEmpty()
        || other.isEmpty()
        || one.stream()
            .anyMatch(
                pattern -> other.stream().anyMatch(more -> pattern.meets(more.toString(), nobody)));
  }

  private void shadowed(Rule rule) {
    Optional<Rule> deny =
        rule.effect() == Effect.ALLOW
            ? covering(rule).filter(o -> o.enforced() && o.effect() == Effect.DENY).findFirst()
            : Optional.empty();
    if (deny.isPresent()) {
      warn(
          places.ofRule(rule),
          "'%s' never allows anything: '%s' (line %d) denies all of it; narrow that one%s"
              .formatted(
                  rule.name(),
                  deny.get().name(),
                  places.ofRule(deny.get()).line(),
                  // taken out, it would no longer say that its proxies are not for everybody
                  rule.operations().contains("NewUserConn") ? "" : ", or take this one out"));
      return;
    }
    covering(rule)
        .filter(other -> other.effect() == rule.effect() && other.enforced() == rule.enforced())
        .filter(other -> saysNothingMore(rule, other))
        .findFirst()
        .ifPresent(
            other ->
                warn(
                    places.ofRule(rule),
                    "'%s' changes nothing: '%s' (line %d) %s all of it; take one of them out, or narrow that one"
                        .formatted(
                            rule.name(),
                            other.name(),
                            places.ofRule(other).line(),
                            rule.effect() == Effect.ALLOW ? "allows" : "denies")));
  }

  private Stream<Rule> covering(Rule rule) {
    return document.rules().stream()
        .filter(other -> other.order() != rule.order() && Covering.covers(other, rule));
  }

  /** Of two that deny the same the first one gives the reason; of equal ones the second is more. */
  private static boolean saysNothingMore(Rule rule, Rule other) {
    return rule.order() > other.order() || (rule.reason() == null && !Covering.covers(rule, other));
  }
}
