package dev.portcullis.rpc;

import dev.portcullis.decision.NodeIdentity;
import dev.portcullis.decision.Refusal;
import dev.portcullis.node.NodeStore;
import dev.portcullis.rpc.AnswerBudget.Overrun;
import dev.portcullis.settings.Settings;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where frps asks. The node proves itself by HTTP Basic, or by its name and secret in the path
 * where {@code addr} can't hold them.
 */
@Path("handler")
@RequestScoped
@PermitAll
public class PluginResource {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  @Inject private NodeStore nodes;
  @Inject private PluginHandler handler;
  @Inject private AnswerBudget budget;
  @Inject private RefusalReporter refusals;
  @Inject private Settings settings;
  @Context private HttpServletRequest request;

  /** Answers one question; the node by HTTP Basic. */
  @POST
  public Response ask() throws IOException {
    return answer(basic());
  }

  /** Answers one question; the node by HTTP Basic, and by its own path. */
  @POST
  @Path("{node}")
  public Response askAs(@PathParam("node") String node) throws IOException {
    return answer(basic().filter(given -> given.node().equals(node)));
  }

  /** Answers one question; the node by its path alone. */
  @POST
  @Path("{node}/{secret}")
  public Response askBySecretPath(
      @PathParam("node") String node, @PathParam("secret") String secret) throws IOException {
    return answer(Optional.of(new NodeCredential(node, secret)));
  }

  private Response answer(Optional<NodeCredential> credential) throws IOException {
    String correlationId = correlationId();
    if (credential.isEmpty()) {
      return unknownNode(credential, correlationId);
    }
    NodeCredential given = credential.get();
    Optional<Overrun> trouble = nodes.isLoaded() ? Optional.empty() : loadNodes();
    if (trouble.isPresent()) {
      return ok(overrun(given.node(), correlationId, trouble.get()));
    }
    Optional<NodeIdentity> node = nodes.authenticate(given.node(), given.secret());
    return node.isEmpty()
        ? unknownNode(credential, correlationId)
        : answer(node.get(), correlationId);
  }

  // reads the database, so it has the budget too
  private Optional<Overrun> loadNodes() {
    return budget.call(
        () -> {
          nodes.load();
          return Optional.empty();
        },
        Optional::of);
  }

  private Response answer(NodeIdentity node, String correlationId) throws IOException {
    byte[] body = request.getInputStream().readNBytes(settings.bodyLimit() + 1);
    if (body.length > settings.bodyLimit()) {
      return refuse(
          node,
          correlationId,
          "request.too-large",
          "The request has more than %d bytes.".formatted(settings.bodyLimit()));
    }
    return ok(
        budget.call(
            () -> handler.answer(node, correlationId, body),
            overrun -> overrun(node.name(), correlationId, overrun)));
  }

  // read off the request: CXF injects no header parameters into fields of a CDI bean
  private Optional<NodeCredential> basic() {
    return NodeCredential.ofBasic(request.getHeader(HttpHeaders.AUTHORIZATION));
  }

  private String correlationId() {
    String given = request.getHeader("X-Frp-Reqid");
    return given != null && REQUEST_ID.matcher(given).matches()
        ? given
        : UUID.randomUUID().toString();
  }

  private Response unknownNode(Optional<NodeCredential> credential, String correlationId) {
    refusals.report(
        new Refusal(
            credential.map(NodeCredential::node).orElse(null),
            correlationId,
            null,
            request.getRemoteAddr(),
            "node.unauthenticated",
            "A caller of the plugin endpoint gave no right node name and secret",
            true));
    return Response.status(Response.Status.UNAUTHORIZED)
        .header(HttpHeaders.CONTENT_LENGTH, 0)
        .build();
  }

  private byte[] overrun(String node, String correlationId, Overrun overrun) {
    String reason =
        switch (overrun) {
          case OVERLOADED -> "Portcullis is overloaded; try again soon.";
          case LATE ->
              "Portcullis could not decide within %d ms; try again soon. Reference: %s"
                  .formatted(budget.length().toMillis(), correlationId);
          case FAILED -> PluginHandler.failed(correlationId);
        };
    String code = "budget." + overrun.name().toLowerCase(Locale.ROOT);
    return refused(new Refusal(node, correlationId, null, null, code, reason, true));
  }

  private Response refuse(NodeIdentity node, String correlationId, String code, String reason) {
    return ok(refused(new Refusal(node.name(), correlationId, null, null, code, reason, true)));
  }

  private byte[] refused(Refusal refusal) {
    refusals.report(refusal);
    return PluginAnswer.rejected(refusal);
  }

  private static Response ok(byte[] answer) {
    return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, answer.length)
        .build();
  }
}
