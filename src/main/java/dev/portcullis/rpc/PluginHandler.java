package dev.portcullis.rpc;

import dev.portcullis.decision.DecisionPoint;
import dev.portcullis.decision.DecisionRequest;
import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.Refusal;
import dev.portcullis.operation.CloseProxy;
import dev.portcullis.operation.Login;
import dev.portcullis.operation.NewProxy;
import dev.portcullis.operation.NewUserConn;
import dev.portcullis.operation.NewWorkConn;
import dev.portcullis.operation.Operation;
import dev.portcullis.operation.Ping;
import dev.portcullis.rpc.RequestReader.Reading;
import dev.portcullis.settings.Settings;
import dev.portcullis.settings.Settings.UnknownOperation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bytes in, bytes out: reads a request, has it decided, writes the answer. Never throws. */
@ApplicationScoped
class PluginHandler {
  private static final Logger LOG = System.getLogger(PluginHandler.class.getName());

  private final RequestReader reader = new RequestReader();
  private Points points;
  private Consumer<Refusal> refusals;
  private UnknownOperation unknownOperation;

  /** The six chains. */
  record Points(
      DecisionPoint<Login> login,
      DecisionPoint<NewProxy> newProxy,
      DecisionPoint<CloseProxy> closeProxy,
      DecisionPoint<Ping> ping,
      DecisionPoint<NewWorkConn> newWorkConn,
      DecisionPoint<NewUserConn> newUserConn) {}

  /** For the container's proxy only. */
  protected PluginHandler() {}

  @Inject
  PluginHandler(
      DecisionPoint<Login> login,
      DecisionPoint<NewProxy> newProxy,
      DecisionPoint<CloseProxy> closeProxy,
      DecisionPoint<Ping> ping,
      DecisionPoint<NewWorkConn> newWorkConn,
      DecisionPoint<NewUserConn> newUserConn,
      RefusalReporter reporter,
      Settings settings) {
    this(
        new Points(login, newProxy, closeProxy, ping, newWorkConn, newUserConn),
        reporter::report,
        settings.unknownOperation());
  }

  PluginHandler(Points points, Consumer<Refusal> refusals, UnknownOperation unknownOperation) {
    this.points = points;
    this.refusals = refusals;
    this.unknownOperation = unknownOperation;
  }

  /** Answers a body of an authenticated frps. */
  byte[] answer(NodeIdentity node, String correlationId, byte[] body) {
    String operation = null;
    try {
      Reading reading = reader.read(body);
      if (reading instanceof Reading.Known known) {
        operation = known.request().content().name();
        return answer(known.request(), node, correlationId);
      }
      operation = ((Reading.Unknown) reading).operation();
      return answerUnknown(operation, node, correlationId);
    } catch (UnreadableRequestException e) {
      return refuse(node, correlationId, operation, e.code(), e.reason());
    } catch (Exception | LinkageError | StackOverflowError e) {
      // Exception, since servers' interceptors throw checked ones that no method declares
      LOG.log(Level.ERROR, "Request " + correlationId + " can't be decided", e);
      return refuse(node, correlationId, operation, "decision.failed", failed(correlationId));
    }
  }

  /** The reason when it is not the client's fault. */
  static String failed(String correlationId) {
    return "Portcullis can't decide this now; try again soon, or tell whoever runs the server this reference: "
        + correlationId;
  }

  private byte[] answer(PluginRequest<?> request, NodeIdentity node, String correlationId) {
    Operation content = request.content();
    // the record and its chain have one type; the compiler can't know
    if (content instanceof Login login) {
      return decide(points.login(), with(request, login), node, correlationId);
    }
    if (content instanceof NewProxy proxy) {
      return decide(points.newProxy(), with(request, proxy), node, correlationId);
    }
    if (content instanceof CloseProxy proxy) {
      return decide(points.closeProxy(), with(request, proxy), node, correlationId);
    }
    if (content instanceof Ping ping) {
      return decide(points.ping(), with(request, ping), node, correlationId);
    }
    if (content instanceof NewWorkConn connection) {
      return decide(points.newWorkConn(), with(request, connection), node, correlationId);
    }
    return decide(points.newUserConn(), with(request, (NewUserConn) content), node, correlationId);
  }

  private static <C extends Operation> PluginRequest<C> with(PluginRequest<?> request, C content) {
    return new PluginRequest<>(request.text(), request.place(), request.shape(), content);
  }

  private static <C extends Operation> byte[] decide(
      DecisionPoint<C> point, PluginRequest<C> request, NodeIdentity node, String correlationId) {
    DecisionRequest<C> question =
        DecisionRequest.of(
            request.content(), node, correlationId, OffsetDateTime.now(ZoneOffset.UTC));
    return PluginAnswer.of(request, point.decide(question), question.trace().decisionId());
  }

  private byte[] answerUnknown(String operation, NodeIdentity node, String correlationId) {
    if (unknownOperation == UnknownOperation.ALLOW) {
      LOG.log(Level.WARNING, "Unknown operation allowed by setting: {0}", operation);
      return PluginAnswer.unchanged();
    }
    return refuse(
        node,
        correlationId,
        operation,
        "request.unknown-operation",
        "Portcullis does not know the operation '"
            + operation
            + "'. Take it out of the plugin's ops in frps's configuration, or update Portcullis.");
  }

  private byte[] refuse(
      NodeIdentity node,
      String correlationId,
      @Nullable String operation,
      String code,
      String reason) {
    Refusal refusal = new Refusal(node.name(), correlationId, operation, null, code, reason, false);
    try {
      refusals.accept(refusal);
    } catch (Exception e) {
      // it is refused all the same; the log has to do
      LOG.log(Level.ERROR, "A refusal was not audited: " + code + " " + correlationId, e);
    }
    return PluginAnswer.rejected(refusal);
  }
}
