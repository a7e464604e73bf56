package dev.portcullis.rewrite;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewProxyEdit;
import dev.portcullis.policy.Bandwidth;
import dev.portcullis.policy.Template;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes of a proxy what the policy's rewrites and the impositions of account and node say. An
 * imposition stands before a rewrite: somebody set it for just this account or node. The slowest
 * bandwidth counts.
 */
@Decorator
@Priority(DecisionOrder.METADATA_REWRITING)
class MetadataRewritingPolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final ImpositionStore impositions;
  private final RewriteStore rewrites;

  @Inject
  MetadataRewritingPolicy(
      @Delegate @Any DecisionPoint<NewProxy> next,
      ImpositionStore impositions,
      RewriteStore rewrites) {
    this.next = next;
    this.impositions = impositions;
    this.rewrites = rewrites;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    ImpositionRepresentation imposed =
        impositions.get(request.requireAccount().id()).before(impositions.get(request.node().id()));
    NewProxy asked = rewrites.rewritten(request);
    Map<String, String> values =
        Map.of(
            "account", request.requireAccount().name(),
            "node", request.node().name(),
            "proxy", asked.proxyName(),
            "run_id", asked.user().runId());
    NewProxyEdit edit = asked.edit();
    Bandwidth.parse(imposed.limit()).ifPresent(most -> Imposing.bandwidth(asked, most, edit));
    edit.metas(Imposing.texts(asked.metas(), filled(imposed.metasOrNone(), values)));
    if (asked.proxyType().equals("http")) {
      edit.headers(Imposing.headers(asked.headers(), filled(imposed.headersOrNone(), values)));
      edit.responseHeaders(
          Imposing.headers(
              asked.responseHeaders(), filled(imposed.responseHeadersOrNone(), values)));
    }
    return next.decide(request.withContent(edit.done()));
  }

  private static Map<String, String> filled(
      Map<String, String> templates, Map<String, String> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    templates.forEach((name, text) -> texts.put(name, Template.fill(text, values)));
    return texts;
  }
}
