package dev.portcullis.trial;

import dev.portcullis.account.AccountStore;
import dev.portcullis.account.KnownAccount;
import dev.portcullis.admin.Admits;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.Verdict;
import dev.portcullis.proof.DomainClaimStore;
import dev.portcullis.reservation.GrantSet.Transport;
import dev.portcullis.reservation.GrantStore;
import dev.portcullis.revision.EvaluationEdit;
import dev.portcullis.revision.EvaluationRepresentation;
import dev.portcullis.revision.FactsEdit;
import dev.portcullis.revision.PolicyStore;
import dev.portcullis.revision.PolicyStore.Numbered;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a policy something made up. */
@Path("v1/policy/evaluate")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EvaluationResource {
  @Inject private PolicyStore policies;
  @Inject private AccountStore accounts;
  @Inject private GrantStore grants;
  @Inject private DomainClaimStore claims;

  /** What a policy says, and the grants of the account where there is one of that name. */
  @POST
  public EvaluationRepresentation evaluate(@Nullable EvaluationEdit edit) {
    FactsEdit asked = edit == null ? null : edit.facts();
    if (edit == null || asked == null) {
      throw ProblemException.badRequest(
          "Give what is asked: {\"facts\":{\"account\":\"alice\",\"proxy\":{\"type\":\"tcp\",\"port\":6000}}}");
    }
    Numbered policy = policies.meant(edit.revision(), edit.document());
    Optional<KnownAccount> account = Optional.ofNullable(asked.account()).flatMap(accounts::find);
    Facts facts =
        policies.placed(
            FactsEdit.factsOf(account.map(known -> of(asked, known)).orElse(asked)),
            policy.policy());
    Verdict.Explanation explanation = policy.policy().explainAsked(facts);
    return EvaluationRepresentation.of(
        policy.revision(),
        explanation,
        grants(policy, explanation.rewriting().of(facts), explanation.verdict(), account));
  }

  /** With the account's own groups and labels, where others are not given. */
  private static FactsEdit of(FactsEdit edit, KnownAccount account) {
    return new FactsEdit(
        edit.operation(),
        edit.at(),
        edit.account(),
        edit.groups() == null ? account.allGroups().stream().sorted().toList() : edit.groups(),
        edit.labels() == null ? account.labels() : edit.labels(),
        edit.node(),
        edit.client(),
        edit.proxy(),
        edit.visitor());
  }

  private String grants(
      Numbered policy, Facts facts, Verdict verdict, Optional<KnownAccount> account) {
    if (!facts.operation().equals("NewProxy")) {
      return "not-asked";
    }
    if (isAnothersAlone(facts.proxy(), account)) {
      return "exclusive";
    }
    if (verdict.outcome() == Verdict.Outcome.DENIED || policy.policy().ungranted(facts).isEmpty()) {
      return "not-asked";
    }
    return account
        .map(
            known ->
                Treatment.of(
                            policy.policy(),
                            facts,
                            () -> grants.of(known.id()),
                            domain -> claims.of(known.id()).contains(domain))
                        .allowed()
                    ? "allow"
                    : "missing")
        .orElse("unknown");
  }

  private boolean isAnothersAlone(Facts.Proxy proxy, Optional<KnownAccount> account) {
    String id = account.map(KnownAccount::id).orElse("");
    return Transport.of(proxy.type())
        .filter(transport -> grants.isAnothersAlone(id, transport, proxy.port()))
        .isPresent();
  }
}
