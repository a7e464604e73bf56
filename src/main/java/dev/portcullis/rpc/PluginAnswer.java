package dev.portcullis.rpc;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.Refusal;
import dev.portcullis.operation.Operation;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;

/**
 * Answers as frps reads them ({@code pkg/plugin/server/types.go}, Response): every boolean written
 * out, never an empty reason, never a changed content without the whole of it.
 */
final class PluginAnswer {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final byte[] UNCHANGED =
      bytes("{\"reject\":false,\"reject_reason\":\"\",\"unchange\":true}");

  private PluginAnswer() {}

  static byte[] unchanged() {
    return UNCHANGED.clone();
  }

  static byte[] rejected(Refusal refusal) {
    return rejected(refusal.reason(), refusal.decisionId());
  }

  // the id is what whoever sees the reason in frpc's log can ask an administrator about
  private static byte[] rejected(String reason, String decisionId) {
    return bytes(
        "{\"reject\":true,\"reject_reason\":"
            + JSON.createValue("%s (decision %s)".formatted(reason, decisionId))
            + ",\"unchange\":false}");
  }

  static <C extends Operation> byte[] of(
      PluginRequest<C> request, Decision<C> decision, String decisionId) {
    if (decision instanceof Decision.Rejected<C> rejected) {
      return rejected(rejected.reason(), decisionId);
    }
    C decided = ((Decision.Allowed<C>) decision).content();
    return decided.equals(request.content())
        ? unchanged()
        : bytes(
            "{\"reject\":false,\"reject_reason\":\"\",\"unchange\":false,\"content\":"
                + request.changedTo(decided)
                + "}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
