package dev.portcullis.lease;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.NewProxy;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A wish for a lease.
 *
 * @param runId empty from frps before 0.32.1
 * @param generation of the session; 0 where frps shows no logins to Portcullis
 * @param group the key of the load-balancing group; empty without one
 * @param remotePort 0 for a type without a port
 * @param resources all that the proxy will occupy; sorted, so that two claims that need the same
 *     rows never wait for each other
 */
record ClaimRequest(
    String nodeId,
    String nodeName,
    String accountId,
    String accountName,
    String runId,
    long generation,
    String proxyName,
    String proxyType,
    String group,
    int remotePort,
    SortedSet<String> resources) {

  static ClaimRequest of(DecisionRequest<NewProxy> request) {
    NewProxy proxy = request.content();
    AccountIdentity account = request.requireAccount();
    SessionIdentity session = request.session();
    String group = Occupancy.group(proxy, request.node().id(), account.id());
    SortedSet<String> resources = Occupancy.of(proxy);
    if (!group.isEmpty()) {
      resources.add(Occupancy.groupKey(proxy));
    }
    return new ClaimRequest(
        request.node().id(),
        request.node().name(),
        account.id(),
        account.name(),
        proxy.user().runId(),
        session == null ? 0 : session.generation(),
        proxy.proxyName(),
        proxy.proxyType(),
        group,
        proxy.remotePort(),
        resources);
  }

  ClaimRequest withPort(int port) {
    SortedSet<String> withPort = new TreeSet<>(resources);
    withPort.removeIf(Occupancy::isPort);
    withPort.addAll(Occupancy.ofPort(proxyType, port));
    return new ClaimRequest(
        nodeId,
        nodeName,
        accountId,
        accountName,
        runId,
        generation,
        proxyName,
        proxyType,
        group,
        port,
        withPort);
  }
}
