package dev.portcullis.trial;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.RecordedDecision;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.Rule;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.reservation.DomainName;
import dev.portcullis.reservation.GrantSet;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts how a draft would treat what was decided before. For one thread. */
final class ReplayTally {
  private static final int GROUPS = 1_000;
  private static final int EXAMPLES = 5;

  private final CompiledRules draft;
  private final PolicyStore policies;
  private final AccountStore accounts;
  private final GrantStore grants;
  private final DomainClaimStore claims;
  // empty for one that can't be used: to compile it for every decision would take for ever
  private final Map<Long, Optional<CompiledRules>> revisions = new HashMap<>();
  private final Map<Key, Group> groups = new HashMap<>();
  private long same;
  private long different;
  private long notByPolicy;
  private long unreadable;
  private long ungrouped;

  private record Key(String account, String operation, boolean was, boolean would, String rule) {}

  private static final class Group {
    long count;
    final List<String> examples = new ArrayList<>();
  }

  ReplayTally(
      CompiledRules draft,
      PolicyStore policies,
      AccountStore accounts,
      GrantStore grants,
      DomainClaimStore claims) {
    this.draft = draft;
    this.policies = policies;
    this.accounts = accounts;
    this.grants = grants;
    this.claims = claims;
  }

  void add(RecordedDecision decision) {
    boolean was = decision.event().outcome() != AuditEvent.Outcome.REJECTED;
    if (decision.event().operation().equals("CloseProxy")
        || (!was && !Treatment.isRefusalByPolicy(decision.event().code()))) {
      notByPolicy++;
      return;
    }
    Optional<Facts> recorded = facts(decision);
    Optional<CompiledRules> then =
        revisions.computeIfAbsent(decision.event().policyRevision(), this::revision);
    if (recorded.isEmpty() || then.isEmpty()) {
      unreadable++;
      return;
    }
    // the draft may ask for what nobody asked for then
    Facts facts = policies.placed(recorded.get(), draft);
    Treatment treatment =
        Treatment.instead(
            draft,
            then.get(),
            facts,
            was,
            () -> owned(facts.account()),
            domain -> hasProved(facts.account(), domain));
    if (treatment.allowed() == was) {
      same++;
    } else {
      different++;
      group(
          new Key(
              facts.account(),
              facts.operation(),
              was,
              treatment.allowed(),
              treatment.rule().map(Rule::name).orElse("")),
          decision.event().decisionId());
    }
  }

  private static Optional<Facts> facts(RecordedDecision decision) {
    try {
      return Optional.of(FactsText.read(decision.facts()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private Optional<CompiledRules> revision(long number) {
    try {
      return Optional.of(policies.of(number));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  private void group(Key key, String example) {
    Group group = groups.get(key);
    if (group == null && groups.size() < GROUPS) {
      group = new Group();
      groups.put(key, group);
    }
    if (group == null) {
      ungrouped++;
      return;
    }
    group.count++;
    if (group.examples.size() < EXAMPLES) {
      group.examples.add(example);
    }
  }

  // what it owns by now: what it owned then is nowhere written
  private GrantSet owned(String account) {
    return accounts.find(account).map(KnownAccount::id).map(grants::of).orElse(GrantSet.NOTHING);
  }

  private boolean hasProved(String account, DomainName domain) {
    return accounts
        .find(account)
        .filter(known -> claims.of(known.id()).contains(domain))
        .isPresent();
  }

  ReplayResultsRepresentation results() {
    return new ReplayResultsRepresentation(
        same,
        different,
        notByPolicy,
        unreadable,
        ungrouped,
        groups.entrySet().stream()
            .map(entry -> representation(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(ReplayGroupRepresentation::count)
                    .reversed()
                    .thenComparing(ReplayGroupRepresentation::account)
                    .thenComparing(ReplayGroupRepresentation::operation)
                    .thenComparing(ReplayGroupRepresentation::rule))
            .toList());
  }

  private static ReplayGroupRepresentation representation(Key key, Group group) {
    return new ReplayGroupRepresentation(
        key.account(),
        key.operation(),
        word(key.was()),
        word(key.would()),
        key.rule(),
        group.count,
        group.examples);
  }

  private static String word(boolean allowed) {
    return allowed ? "allowed" : "rejected";
  }
}
