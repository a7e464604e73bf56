package dev.portcullis.rewrite;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionOrder;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewProxyEdit;
import dev.portcullis.policy.Bandwidth;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Imposes bandwidth, headers and metas. */
@Decorator
@Priority(DecisionOrder.METADATA_REWRITING)
class MetadataRewritingPolicy implements DecisionPoint<NewProxy> {
  private final DecisionPoint<NewProxy> next;
  private final ImpositionStore impositions;

  @Inject
  MetadataRewritingPolicy(
      @Delegate @Any DecisionPoint<NewProxy> next, ImpositionStore impositions) {
    this.next = next;
    this.impositions = impositions;
  }

  @Override
  public Decision<NewProxy> decide(DecisionRequest<NewProxy> request) {
    ImpositionRepresentation imposed =
        impositions.get(request.requireAccount().id()).before(impositions.get(request.node().id()));
    NewProxy asked = request.content();
    Map<String, String> values =
        Map.of(
            "account", request.requireAccount().name(),
            "node", request.node().name(),
            "proxy", asked.proxyName(),
            "run_id", asked.user().runId());
    NewProxyEdit edit = asked.edit();
    Bandwidth.parse(imposed.limit()).ifPresent(most -> limit(asked, most, edit));
    edit.metas(imposedOn(new LinkedHashMap<>(asked.metas()), imposed.metasOrNone(), values));
    if (asked.proxyType().equals("http")) {
      edit.headers(headers(asked.headers(), imposed.headersOrNone(), values));
      edit.responseHeaders(
          headers(asked.responseHeaders(), imposed.responseHeadersOrNone(), values));
    }
    return next.decide(request.withContent(edit.done()));
  }

  /** A client may ask for less than the imposed limit, not for more. */
  private static void limit(NewProxy asked, Bandwidth most, NewProxyEdit edit) {
    Optional<Bandwidth> wish = Bandwidth.parse(asked.bandwidthLimit());
    edit.serverBandwidth(wish.map(own -> own.atMost(most)).orElse(most).text());
  }

  private static Map<String, String> headers(
      Map<String, String> asked, Map<String, String> imposed, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(asked);
    // HTTP takes header names in any case
    imposed.keySet().forEach(name -> all.keySet().removeIf(name::equalsIgnoreCase));
    return imposedOn(all, imposed, values);
  }

  private static Map<String, String> imposedOn(
      Map<String, String> texts, Map<String, String> imposed, Map<String, String> values) {
    imposed.forEach((name, text) -> texts.put(name, Template.fill(text, values)));
    return texts;
  }
}
