package dev.portcullis.revision;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditRepresentation;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.audit.RecordedDecision;
import dev.portcullis.decision.DecisionId;
import dev.portcullis.policy.CompiledRules;
import dev.portcullis.policy.Facts;
import dev.portcullis.policy.FactsText;
import dev.portcullis.policy.Verdict;
import dev.portcullis.revision.PolicyStore.Numbered;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Explains decisions by the ids that their reasons end with. */
@Path("v1/decisions")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class DecisionResource {
  @Inject private AuditStore audit;
  @Inject private PolicyStore policies;

  /** One decision: what was asked, what came of it, and which rules were looked at. */
  @GET
  @Path("{id}")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public DecisionRepresentation get(@PathParam("id") String typed) {
    String id =
        DecisionId.of(typed)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "'%s' is no decision id; they look like 7KQ2-M9XB".formatted(typed)));
    RecordedDecision decision =
        audit
            .decision(id)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "There is no decision %s in the audit log; heartbeats and connections that were allowed are not in it"
                            .formatted(id)));
    return explained(decision);
  }

  // not kept with the decision: the same facts and the same revision give the same answer
  private DecisionRepresentation explained(RecordedDecision decision) {
    if (decision.facts().isEmpty()) {
      return new DecisionRepresentation(decision.event(), null, null);
    }
    Facts facts = FactsText.read(decision.facts());
    return new DecisionRepresentation(
        decision.event(),
        FactsEdit.of(facts),
        policy(decision.event().policyRevision())
            .map(policy -> evaluated(policy, facts, decision.event()))
            .orElse(null));
  }

  /** Empty where this version of Portcullis can't use the revision any more. */
  private Optional<Numbered> policy(long revision) {
    try {
      return Optional.of(new Numbered(revision, policies.of(revision)));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static EvaluationRepresentation evaluated(
      Numbered policy, Facts facts, AuditRepresentation event) {
    Verdict.Explanation explanation = policy.policy().explain(facts);
    return EvaluationRepresentation.of(
        policy.revision(),
        explanation,
        grants(policy.policy(), facts, explanation, event.outcome()));
  }

  // what was owned then shows in what came of it
  static String grants(
      CompiledRules policy,
      Facts facts,
      Verdict.Explanation explanation,
      AuditEvent.Outcome outcome) {
    boolean needed =
        explanation.verdict().outcome() != Verdict.Outcome.DENIED
            && facts.operation().equals("NewProxy")
            && !policy.ungranted(facts).isEmpty();
    return !needed ? "not-asked" : outcome == AuditEvent.Outcome.REJECTED ? "missing" : "allow";
  }
}
