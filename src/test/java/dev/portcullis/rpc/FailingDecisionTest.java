package dev.portcullis.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.Refusal;
import dev.portcullis.operation.FrpUser;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.rpc.PluginHandler.Points;
import dev.portcullis.settings.Settings.UnknownOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailingDecisionTest {
  private static final String SORRY =
      "{\"reject\":true,\"reject_reason\":\"Portcullis can't decide this now; try again soon, or"
          + " tell whoever runs the server this reference: f87283c5fd2ed95c (decision %s)\",\"unchange\":false}";

  private static String sorry(Chains chains) {
    return SORRY.formatted(chains.refusals().get(0).decisionId());
  }

  // what is logged on purpose need not stand in the tests' output
  private final Logger logger = Logger.getLogger(PluginHandler.class.getName());

  @BeforeEach
  void hush() {
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void speak() {
    logger.setUseParentHandlers(true);
  }

  static List<Captured> oneOfEachOperation() {
    return List.of(
        Captured.of("v0.70.1", "login-first"),
        Captured.of("v0.70.1", "newproxy-tcp"),
        Captured.of("v0.70.1", "closeproxy"),
        Captured.of("v0.70.1", "ping"),
        Captured.of("v0.70.1", "newworkconn"),
        Captured.of("v0.70.1", "newuserconn-tcp"));
  }

  @ParameterizedTest
  @MethodSource("oneOfEachOperation")
  void rejectsWithAReferenceWhenTheChainThrows(Captured body) {
    Chains chains = Chains.deciding(FailingDecisionTest::fail);
    String answer = chains.answer(body.body());
    assertEquals(sorry(chains), answer);
    assertEquals(
        List.of(
            new Refusal(
                "node-name",
                "f87283c5fd2ed95c",
                body.operation(),
                null,
                "decision.failed",
                "Portcullis can't decide this now; try again soon, or tell whoever runs the server"
                    + " this reference: f87283c5fd2ed95c",
                chains.refusals().get(0).decisionId(),
                false)),
        chains.refusals());
  }

  private static <C extends Operation> Decision<C> fail(DecisionRequest<C> request) {
    throw new IllegalStateException("secret: " + request.content().client().metas());
  }

  @Test
  void logsTheFailureUnderTheReference() {
    StringBuilder logged = new StringBuilder();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            logged.append(event.getMessage()).append(event.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      Chains.deciding(FailingDecisionTest::fail)
          .answer(Captured.of("v0.70.1", "login-minimal").body());
    } finally {
      logger.removeHandler(handler);
    }
    assertTrue(logged.toString().contains("f87283c5fd2ed95c"), logged.toString());
    assertTrue(logged.toString().contains("IllegalStateException"), logged.toString());
  }

  @Test
  void rejectsWhenTheChainAnswersNothing() {
    // what no policy of ours does, a foreign one may
    Chains chains = Chains.changingProxy(proxy -> nothing());
    String answer = chains.answer(Captured.of("v0.70.1", "newproxy-tcp").body());
    assertEquals(sorry(chains), answer);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void rejectsWhenAPolicyChangesAUserThatFrpsHasNotSent() {
    Chains chains =
        Chains.changingProxy(
            proxy ->
                new NewProxy(
                    new FrpUser("mallory", Map.of(), ""),
                    proxy.proxyName(),
                    proxy.proxyType(),
                    "",
                    "",
                    "",
                    "",
                    Map.of(),
                    0,
                    List.of(),
                    "",
                    List.of(),
                    "",
                    "",
                    "",
                    Map.of(),
                    Map.of(),
                    "",
                    "",
                    List.of(),
                    Map.of()));
    String answer =
        chains.answer(
            "{\"version\":\"0.1.0\",\"op\":\"NewProxy\",\"content\":{\"user\":null,\"proxy_name\":\"a\"}}");
    assertEquals(sorry(chains), answer);
  }

  @Test
  void rejectsAllTheSameWhenTheRefusalCantBeAudited() {
    for (String body :
        List.of(
            "no JSON",
            "{\"version\":\"0.1.0\",\"op\":\"Unheard\",\"content\":{}}",
            Captured.of("v0.70.1", "ping").body())) {
      byte[] request = body.getBytes(StandardCharsets.UTF_8);
      byte[] answer = failing().answer(Chains.NODE, Chains.CORRELATION, request);
      assertTrue(AnswerRules.check(request, answer) instanceof FrpsReader.Outcome.Rejects, body);
      assertFalse(new String(answer, StandardCharsets.UTF_8).contains("audit is away"));
    }
  }

  private static PluginHandler failing() {
    Consumer<Refusal> refusals =
        refusal -> {
          throw new IllegalStateException("audit is away");
        };
    return new PluginHandler(
        new Points(
            FailingDecisionTest::fail,
            FailingDecisionTest::fail,
            FailingDecisionTest::fail,
            FailingDecisionTest::fail,
            FailingDecisionTest::fail,
            FailingDecisionTest::fail),
        refusals,
        UnknownOperation.REJECT);
  }
}
