package dev.portcullis.policy;

import dev.portcullis.condition.TextPattern;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts are meant. Members that are given must all fit; of the values of one, any.
 *
 * @param everyone whether all are, whatever the rest
 * @param accounts their names; empty for any
 * @param groups one of which they are in; empty for any
 * @param labels that they have, with their values; empty for any
 * @param others whether all are meant but those of these accounts, groups and labels
 */
record Who(
    boolean everyone,
    List<TextPattern> accounts,
    Set<String> groups,
    Map<String, TextPattern> labels,
    boolean others) {

  public Who {
    accounts = List.copyOf(accounts);
    groups = Set.copyOf(groups);
    labels = Map.copyOf(labels);
  }

  Who(
      boolean everyone,
      List<TextPattern> accounts,
      Set<String> groups,
      Map<String, TextPattern> labels) {
    this(everyone, accounts, groups, labels, false);
  }

  static Who everyoneBut(Who except) {
    return new Who(true, except.accounts, except.groups, except.labels, true);
  }

  boolean fits(Facts facts) {
    return everyone ? !others || !isNamed(facts) : isNamed(facts);
  }

  private boolean isNamed(Facts facts) {
    return isOfNames(facts) && Fit.all(labels, facts.labels(), facts.names());
  }

  private boolean isOfNames(Facts facts) {
    return (groups.isEmpty() || !Collections.disjoint(groups, facts.groups()))
        && (accounts.isEmpty() || Fit.any(accounts, facts.account(), facts.names()));
  }

  /** Whether it fits but for labels. */
  boolean isOfThese(Facts facts) {
    return everyone ? fits(facts) : isOfNames(facts);
  }
}
