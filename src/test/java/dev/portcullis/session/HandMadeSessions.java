package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.policy.Excess;
import dev.portcullis.policy.InUse;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in memory. */
final class HandMadeSessions extends SessionStore {
  final Map<String, String> owners = new HashMap<>();
  final Map<String, Long> generations = new HashMap<>();
  int inUse;
  final List<String> seen = new ArrayList<>();

  @Override
  Opening open(Login login, AccountIdentity account, NodeIdentity node, Limits limits) {
    Optional<Excess> excess = limits.excess(limit -> new InUse(inUse, 0, 0, 0, Map.of()));
    if (excess.isPresent()) {
      return new Opening.TooMany(excess.get());
    }
    return adopt(login.runId(), account, node)
        ? new Opening.Opened(
            new SessionIdentity(
                login.runId(), generations.merge(login.runId(), 1L, (a, b) -> a + b)))
        : new Opening.ForeignRunId();
  }

  @Override
  boolean adopt(String runId, AccountIdentity account, NodeIdentity node) {
    return account.id().equals(owners.computeIfAbsent(runId, id -> account.id()));
  }

  @Override
  void seen(String runId) {
    seen.add(runId);
  }
}
