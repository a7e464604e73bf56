package dev.portcullis.rewrite;

import dev.portcullis.admin.ProblemException;
import dev.portcullis.policy.Facts;
import java.util.List;
import java.util.Map;

/**
 * A proxy as its client asks for it, of which somebody wants to know the secrets.
 *
 * @param name without the user's prefix
 * @param group of load balancing
 */
public record ProxyEdit(
    String node, String name, String type, String group, String subdomain, List<String> domains) {

  public ProxyEdit {
    if (name.isEmpty() || type.isEmpty()) {
      throw ProblemException.badRequest(
          "Say which proxy: ?proxy=web&type=http, with node, group, subdomain and domain where the policy looks at them");
    }
    domains = List.copyOf(domains);
  }

  Facts.Proxy facts() {
    return new Facts.Proxy(name, type, 0, domains, subdomain, group, Map.of());
  }
}
