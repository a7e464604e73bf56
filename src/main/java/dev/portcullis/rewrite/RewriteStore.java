package dev.portcullis.rewrite;

import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewProxyEdit;
import dev.portcullis.policy.Bandwidth;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Rewritable;
import dev.portcullis.policy.Setting;
import dev.portcullis.revision.PolicyStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rewrites of the active policy make of proxies. */
@ApplicationScoped
public class RewriteStore {
  private PolicyStore policies;
  private ProxySecrets secrets;

  /** For the container's proxy only. */
  protected RewriteStore() {}

  @Inject
  RewriteStore(PolicyStore policies, ProxySecrets secrets) {
    this.policies = policies;
    this.secrets = secrets;
  }

  /** The proxy that a client asks for, as the policy wants it. */
  NewProxy rewritten(DecisionRequest<NewProxy> request) {
    NewProxy asked = request.content();
    AccountIdentity account = request.requireAccount();
    List<Setting> settings = policies.rewriting(request).settings();
    if (settings.isEmpty()) {
      return asked;
    }
    ProxySecrets.Owner owner =
        new ProxySecrets.Owner(
            account.id(), unprefixed(asked.proxyName(), asked.user().user()), asked.group());
    NewProxyEdit edit = asked.edit();
    one(settings, Rewritable.BANDWIDTH)
        .flatMap(most -> Bandwidth.parse(most.text()))
        .ifPresent(most -> Imposing.bandwidth(asked, most, edit));
    one(settings, Rewritable.HTTP_PASSWORD)
        .ifPresent(
            password ->
                edit.httpAuthentication(
                    one(settings, Rewritable.HTTP_USER).orElseThrow().text(),
                    secrets.of(password, owner)));
    edit.headers(Imposing.headers(asked.headers(), all(settings, Rewritable.HEADERS)));
    edit.responseHeaders(
        Imposing.headers(asked.responseHeaders(), all(settings, Rewritable.RESPONSE_HEADERS)));
    one(settings, Rewritable.HOST_HEADER).ifPresent(host -> edit.hostHeaderRewrite(host.text()));
    one(settings, Rewritable.ALLOW_USERS)
        .ifPresent(users -> edit.allowUsers(List.of(users.text().split(","))));
    one(settings, Rewritable.SK).ifPresent(sk -> edit.sk(secrets.of(sk, owner)));
    one(settings, Rewritable.GROUP_KEY)
        .ifPresent(key -> edit.group(asked.group(), secrets.of(key, owner)));
    edit.metas(Imposing.texts(asked.metas(), all(settings, Rewritable.METAS)));
    edit.annotations(Imposing.texts(asked.annotations(), all(settings, Rewritable.ANNOTATIONS)));
    one(settings, Rewritable.SUBDOMAIN).ifPresent(host -> edit.subdomain(host.text()));
    return edit.done();
  }

  /**
   * What people need to know to come to a proxy of an account, where the policy sets it.
   *
   * @param groups of the account
   * @param labels of the account
   */
  public ProxySecretsRepresentation secrets(
      String accountId,
      String account,
      Set<String> groups,
      Map<String, String> labels,
      ProxyEdit proxy) {
    Facts facts =
        new Facts(
            "NewProxy",
            OffsetDateTime.now(ZoneOffset.UTC),
            account,
            groups,
            labels,
            proxy.node(),
            Facts.Client.UNKNOWN,
            proxy.facts(),
            Facts.Visitor.NONE);
    List<Setting> settings = policies.rewriting(facts).settings();
    ProxySecrets.Owner owner = new ProxySecrets.Owner(accountId, proxy.name(), proxy.group());
    return new ProxySecretsRepresentation(
        one(settings, Rewritable.HTTP_USER).map(Setting::text).orElse(null),
        secret(settings, Rewritable.HTTP_PASSWORD, owner),
        secret(settings, Rewritable.SK, owner),
        secret(settings, Rewritable.GROUP_KEY, owner));
  }

  private @Nullable String secret(
      List<Setting> settings, Rewritable member, ProxySecrets.Owner owner) {
    return one(settings, member).map(setting -> secrets.of(setting, owner)).orElse(null);
  }

  private static String unprefixed(String proxyName, String user) {
    return proxyName.startsWith(user + ".") ? proxyName.substring(user.length() + 1) : proxyName;
  }

  private static Optional<Setting> one(List<Setting> settings, Rewritable member) {
    return settings.stream().filter(setting -> setting.member() == member).findFirst();
  }

  private static Map<String, String> all(List<Setting> settings, Rewritable member) {
    Map<String, String> texts = new TreeMap<>();
    settings.stream()
        .filter(setting -> setting.member() == member)
        .forEach(setting -> texts.put(setting.name(), setting.text()));
    return texts;
  }
}
