package dev.portcullis.policy;

import dev.portcullis.condition.Expression;
import dev.portcullis.condition.Hours;
import dev.portcullis.condition.TextPattern;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a document.
 *
 * @param name unique in the document
 * @param order its place among the rules of the document, from 0
 * @param line of the document
 * @param effect what it does where it fits
 * @param enforced whether it does; else it is only recorded that it would
 * @param reason for the person at the client, in place of ours; null for ours
 * @param who whom it is for
 * @param nodes on which it counts; empty for all
 * @param operations frp's names of those that it is about
 * @param proxies null for any
 * @param clients null for any
 * @param visitors null for any
 * @param hours null for always
 * @param from null for no beginning
 * @param until the first moment after it; null for no end
 * @param when what must hold too; null for nothing
 */
public record Rule(
    String name,
    int order,
    int line,
    Effect effect,
    boolean enforced,
    @Nullable String reason,
    Who who,
    List<TextPattern> nodes,
    Set<String> operations,
    @Nullable ProxyMatch proxies,
    @Nullable ClientMatch clients,
    @Nullable VisitorMatch visitors,
    @Nullable Hours hours,
    @Nullable OffsetDateTime from,
    @Nullable OffsetDateTime until,
    @Nullable Expression when) {

  /** What a rule does. */
  public enum Effect {
    ALLOW,
    DENY
  }

  public Rule {
    nodes = List.copyOf(nodes);
    operations = Set.copyOf(operations);
  }

  /**
   * What keeps the rule from fitting, in the words of the document; null where nothing does.
   *
   * @param facts with a proxy that takes at most one thing for itself
   */
  @Nullable String misfit(Facts facts) {
    if (!operations.contains(facts.operation())) {
      return "operations";
    }
    if (!who.fits(facts)) {
      return effect == Effect.ALLOW ? "allow" : "deny";
    }
    if (!nodes.isEmpty() && !Fit.any(nodes, facts.node(), facts.names())) {
      return "nodes";
    }
    if (proxies != null && !proxies.fits(facts, effect == Effect.ALLOW)) {
      return "proxies";
    }
    if (clients != null && !clients.fits(facts, effect == Effect.DENY)) {
      return "clients";
    }
    if (visitors != null && !visitors.fits(facts, effect == Effect.DENY)) {
      return "visitors";
    }
    if (from != null && facts.at().isBefore(from)) {
      return "from";
    }
    if (until != null && !facts.at().isBefore(until)) {
      return "until";
    }
    if (hours != null && !hours.contains(facts.at())) {
      return "hours";
    }
    return when == null || holds(when, facts) ? null : "when";
  }

  boolean fits(Facts facts) {
    return misfit(facts) == null;
  }

  /** Whether it looks at the country of visitors. */
  boolean asksForCountry() {
    return (visitors != null && !visitors.countries().isEmpty())
        || (when != null && when.asksFor("visitor.country"));
  }

  /** Whether it looks at the operator of the network of visitors. */
  boolean asksForAsn() {
    return (visitors != null && !visitors.asns().isEmpty())
        || (when != null && when.asksFor("visitor.asn"));
  }

  /** The same rule, enforced. */
  Rule inForce() {
    return new Rule(
        name,
        order,
        line,
        effect,
        true,
        reason,
        who,
        nodes,
        operations,
        proxies,
        clients,
        visitors,
        hours,
        from,
        until,
        when);
  }

  /**
   * The same rule, for whoever visits, whenever and from wherever: what it says of them is who of
   * them may, not which of its proxies are open to all.
   */
  Rule ofAnyVisitor() {
    return new Rule(
        name,
        order,
        line,
        effect,
        enforced,
        reason,
        who,
        nodes,
        operations,
        proxies,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** What can't be decided is not allowed: it denies, and does not allow. */
  private boolean holds(Expression condition, Facts facts) {
    try {
      return condition.holds(facts.variables());
    } catch (Expression.UndecidedException e) {
      return effect == Effect.DENY;
    }
  }
}
