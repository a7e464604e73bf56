package dev.portcullis.rpc;

import dev.portcullis.decision.Decision;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.Refusal;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.Operation;
import dev.portcullis.rpc.PluginHandler.Points;
import dev.portcullis.settings.Settings.UnknownOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A handler over chains of the tests' own, which notes what came to them. */
final class Chains {
  static final NodeIdentity NODE = new NodeIdentity("node-id", "node-name");
  static final String CORRELATION = "f87283c5fd2ed95c";

  private final List<DecisionRequest<?>> asked = new CopyOnWriteArrayList<>();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final PluginHandler handler;

  /** Decides any operation. */
  interface Any {
    <C extends Operation> Decision<C> decide(DecisionRequest<C> request);
  }

  private Chains(Points points, UnknownOperation unknown) {
    this.handler = new PluginHandler(points, refusals::add, unknown);
  }

  private Chains(Any decider, UnknownOperation unknown) {
    this.handler =
        new PluginHandler(
            new Points(
                request -> noted(request, decider),
                request -> noted(request, decider),
                request -> noted(request, decider),
                request -> noted(request, decider),
                request -> noted(request, decider),
                request -> noted(request, decider)),
            refusals::add,
            unknown);
  }

  private <C extends Operation> Decision<C> noted(DecisionRequest<C> request, Any decider) {
    asked.add(request);
    return decider.decide(request);
  }

  /** Chains that allow everything as it is. */
  static Chains allowing() {
    return allowing(UnknownOperation.REJECT);
  }

  static Chains allowing(UnknownOperation unknown) {
    return new Chains(Chains::allow, unknown);
  }

  static Chains deciding(Any decider) {
    return new Chains(decider, UnknownOperation.REJECT);
  }

  /** Chains that change what can be changed. */
  static Chains changing(UnaryOperator<Login> login, UnaryOperator<NewProxy> proxy) {
    return new Chains(
        new Points(
            request -> Decision.allowed(login.apply(request.content())),
            request -> Decision.allowed(proxy.apply(request.content())),
            Chains::allow,
            Chains::allow,
            Chains::allow,
            Chains::allow),
        UnknownOperation.REJECT);
  }

  static Chains changingLogin(UnaryOperator<Login> change) {
    return changing(change, proxy -> proxy);
  }

  static Chains changingProxy(UnaryOperator<NewProxy> change) {
    return changing(login -> login, change);
  }

  static <C extends Operation> Decision<C> allow(DecisionRequest<C> request) {
    return Decision.allowed(request.content());
  }

  byte[] answer(byte[] body) {
    return handler.answer(NODE, CORRELATION, body);
  }

  String answer(String body) {
    return new String(answer(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Forgets what came, for the next test: a handler is slow to make. */
  Chains cleared() {
    asked.clear();
    refusals.clear();
    return this;
  }

  /** What came to the chains. */
  List<DecisionRequest<?>> asked() {
    return asked;
  }

  /** What was refused outside the chains. */
  List<Refusal> refusals() {
    return refusals;
  }
}
