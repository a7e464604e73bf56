package dev.portcullis.lock;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import java.util.List;
import java.util.Set;

/**
 * What a lock may be on, of one question.
 *
 * @param endpoints of the client, and of the visitor where there is one, as frps writes them; some
 *     are no addresses
 * @param proxy full name; empty where frps tells none
 */
record Lockable(
    String node, String account, Set<String> groups, List<String> endpoints, String proxy) {

  static Lockable of(DecisionRequest<? extends Operation> request) {
    AccountIdentity account = request.requireAccount();
    SessionIdentity session = request.session();
    Operation asked = request.content();
    String client =
        asked instanceof Login login
            ? login.clientAddress()
            : session == null ? "" : session.client().address();
    String visitor = asked instanceof NewUserConn visit ? visit.remoteAddr() : "";
    String proxy =
        asked instanceof NewProxy opened
            ? opened.proxyName()
            : asked instanceof NewUserConn visit ? visit.proxyName() : "";
    return new Lockable(
        request.node().name(), account.name(), account.groups(), List.of(client, visitor), proxy);
  }
}
