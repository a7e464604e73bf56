package dev.portcullis.session;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions in memory. */
final class HandMadeSessions extends SessionStore {
  final Map<String, String> owners = new HashMap<>();
  final Map<String, Long> generations = new HashMap<>();
  final List<String> seen = new ArrayList<>();

  @Override
  Optional<SessionIdentity> open(Login login, AccountIdentity account, NodeIdentity node) {
    return adopt(login.runId(), account, node)
        ? Optional.of(
            new SessionIdentity(
                login.runId(), generations.merge(login.runId(), 1L, (a, b) -> a + b)))
        : Optional.empty();
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
