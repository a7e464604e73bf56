package dev.portcullis.revision;

import dev.portcullis.condition.Address;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.ClientIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.SessionIdentity;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.policy.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules look at, of a question of frps. */
final class RequestFacts {
  private RequestFacts() {}

  static Facts of(DecisionRequest<? extends Operation> request) {
    Operation content = request.content();
    // known further in, where it is asked for from outside
    AccountIdentity account =
        request.account() == null ? request.trace().account().orElse(null) : request.account();
    return new Facts(
        content.name(),
        request.receivedAt(),
        account == null ? "" : account.name(),
        account == null ? Set.of() : account.groups(),
        account == null ? Map.of() : account.labels(),
        request.node().name(),
        client(request),
        proxy(content),
        content instanceof NewUserConn connection
            ? new Facts.Visitor(ip(connection.remoteAddr()), "", 0)
            : Facts.Visitor.NONE);
  }

  private static Facts.Client client(DecisionRequest<? extends Operation> request) {
    ClientIdentity client =
        request.content() instanceof Login login
            ? new ClientIdentity(login.clientAddress(), login.version(), login.os())
            : Optional.ofNullable(request.session())
                .or(request.trace()::session)
                .map(SessionIdentity::client)
                .orElse(ClientIdentity.UNKNOWN);
    Map<String, String> metas = new HashMap<>(request.content().client().metas());
    metas.keySet().removeAll(Facts.Client.SECRET_METAS);
    return new Facts.Client(ip(client.address()), client.version(), client.os(), metas);
  }

  private static String ip(String endpoint) {
    return Address.ofEndpoint(endpoint).map(Address::toString).orElse("");
  }

  private static Facts.Proxy proxy(Operation content) {
    String user = content.client().user();
    if (content instanceof NewProxy proxy) {
      return new Facts.Proxy(
          name(proxy.proxyName(), user),
          proxy.proxyType(),
          proxy.remotePort(),
          proxy.customDomains().stream()
              // frps skips empty ones, and compares in lower case
              .filter(domain -> !domain.isEmpty())
              .map(domain -> domain.toLowerCase(Locale.ROOT))
              .toList(),
          proxy.subdomain().toLowerCase(Locale.ROOT),
          proxy.group(),
          proxy.metas());
    }
    if (content instanceof NewUserConn connection) {
      return named(name(connection.proxyName(), user), connection.proxyType());
    }
    return content instanceof CloseProxy closed
        ? named(name(closed.proxyName(), user), "")
        : Facts.Proxy.NONE;
  }

  private static Facts.Proxy named(String name, String type) {
    return new Facts.Proxy(name, type, 0, List.of(), "", "", Map.of());
  }

  private static String name(String proxyName, String user) {
    return proxyName.startsWith(user + ".") ? proxyName.substring(user.length() + 1) : proxyName;
  }
}
