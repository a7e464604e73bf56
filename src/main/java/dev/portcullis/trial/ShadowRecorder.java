package dev.portcullis.trial;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.decision.AccountIdentity;
import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Rule;
import dev.portcullis.policy.Verdict;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.PolicyStore.Numbered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records in the audit log what policies that are only tried would decide otherwise; of heartbeats
 * and connections once a minute for an account, proxy and rule, by each replica. Written later, by
 * another thread.
 */
@ApplicationScoped
class ShadowRecorder {
  private static final Logger LOG = System.getLogger(ShadowRecorder.class.getName());

  private final Cache<String, Boolean> recorded =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();
  private final AtomicBoolean failing = new AtomicBoolean();
  private PolicyStore policies;
  private GrantStore grants;
  private DomainClaimStore claims;
  private AuditStore audit;

  /** For the container's proxy only. */
  protected ShadowRecorder() {}

  @Inject
  ShadowRecorder(
      PolicyStore policies, GrantStore grants, DomainClaimStore claims, AuditStore audit) {
    this.policies = policies;
    this.grants = grants;
    this.claims = claims;
    this.audit = audit;
  }

  /** Compares; never fails, since what is only tried must harm nobody. */
  void compare(DecisionRequest<? extends Operation> request, Decision<?> decision) {
    try {
      if (policies.tried(request).isEmpty()
          || request.content() instanceof CloseProxy
          || (decision instanceof Decision.Rejected<?> rejected
              && !Treatment.isRefusalByPolicy(rejected.code()))) {
        return;
      }
      Facts facts = policies.facts(request);
      boolean allowed = decision instanceof Decision.Allowed;
      for (Numbered tried : policies.tried(request)) {
        compare(request, facts, allowed, tried);
      }
      failing.set(false);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      if (!failing.getAndSet(true)) {
        LOG.log(
            Level.WARNING, "A policy that is only tried can't be asked; the active one counts", e);
      }
    }
  }

  private void compare(
      DecisionRequest<? extends Operation> request, Facts facts, boolean allowed, Numbered tried) {
    AccountIdentity account = request.requireAccount();
    Treatment treatment =
        Treatment.instead(
            tried.policy(),
            policies.active(request).policy(),
            facts,
            allowed,
            () -> grants.of(account.id()),
            domain -> claims.of(account.id()).contains(domain));
    if (treatment.allowed() == allowed) {
      return;
    }
    String rule =
        tried.revision() == policies.active(request).revision()
            ? unenforced(tried, facts, treatment)
            : treatment.rule().map(Rule::name).orElse("");
    if (isNews(request.content(), facts, tried, rule)) {
      audit.recordLater(event(request, facts, tried.revision(), treatment.allowed(), rule));
    }
  }

  /** The rule that makes the difference: one that is not enforced. */
  private static String unenforced(Numbered tried, Facts facts, Treatment treatment) {
    Set<String> unenforced = tried.policy().unenforced();
    String decider = treatment.rule().map(Rule::name).orElse("");
    return decider.isEmpty() || unenforced.contains(decider)
        ? decider
        : tried.policy().explain(facts).looks().stream()
            .filter(look -> look.misfit().isEmpty())
            .map(Verdict.Look::rule)
            .map(Rule::name)
            .filter(unenforced::contains)
            .findFirst()
            .orElse(decider);
  }

  private boolean isNews(Operation operation, Facts facts, Numbered tried, String rule) {
    if (operation instanceof Login || operation instanceof NewProxy) {
      return true;
    }
    String key =
        String.join(
            "\n", facts.account(), facts.proxy().name(), Long.toString(tried.revision()), rule);
    // looked for first: only a new key takes a lock
    return recorded.getIfPresent(key) == null && recorded.asMap().putIfAbsent(key, true) == null;
  }

  private static AuditEvent event(
      DecisionRequest<? extends Operation> request,
      Facts facts,
      long revision,
      boolean wouldAllow,
      String rule) {
    Operation content = request.content();
    return new AuditEvent(
            AuditEvent.Kind.SHADOW,
            wouldAllow ? AuditEvent.Outcome.ALLOWED : AuditEvent.Outcome.REJECTED,
            content.name())
        .because(
            wouldAllow ? "shadow.would-allow" : "shadow.would-refuse",
            "%s of policy revision %d, which is only tried, would %s this."
                .formatted(
                    rule.isEmpty() ? "No rule" : "The rule '" + rule + "'",
                    revision,
                    wouldAllow == rule.isEmpty() ? "refuse" : "allow"))
        .at(request.node().name(), request.correlationId())
        .client(content.client().user(), content.client().runId())
        .account(facts.account())
        .to(proxyName(content))
        .proxyType(facts.proxy().type())
        .from(
            facts.visitor().address().isEmpty()
                ? facts.client().address()
                : facts.visitor().address())
        .saying(rule)
        .decided(request.trace().decisionId(), revision, request.trace().facts());
  }

  private static String proxyName(Operation content) {
    if (content instanceof NewProxy proxy) {
      return proxy.proxyName();
    }
    return content instanceof NewUserConn connection ? connection.proxyName() : "";
  }
}
