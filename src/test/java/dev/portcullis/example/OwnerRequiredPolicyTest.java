package dev.portcullis.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.operation.NewProxy;
import jakarta.json.bind.JsonbBuilder;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class OwnerRequiredPolicyTest {
  private static final DecisionPoint<NewProxy> NEXT =
      request -> Decision.allowed(request.content());

  @Test
  void refusesAProxyWithoutAnOwner() {
    assertEquals(
        Decision.rejected(
            "example.no-owner",
            "Say who answers for this proxy: metadatas.owner = \"name@example.com\"."),
        decide("{\"proxy_name\":\"alice.ssh\"}"));
  }

  @Test
  void passesOnAProxyWithAnOwner() {
    String content = "{\"proxy_name\":\"alice.ssh\",\"metas\":{\"owner\":\"al@example.com\"}}";
    assertEquals(Decision.allowed(proxy(content)), decide(content));
  }

  private static Decision<NewProxy> decide(String content) {
    return new OwnerRequiredPolicy(NEXT)
        .decide(
            DecisionRequest.of(
                proxy(content),
                new NodeIdentity("1", "frps"),
                "id",
                OffsetDateTime.parse("2026-07-01T12:00:00Z")));
  }

  private static NewProxy proxy(String content) {
    return JsonbBuilder.create().fromJson(content, NewProxy.class);
  }
}
