package dev.portcullis.node;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.rewrite.ImpositionRepresentation;
import dev.portcullis.rewrite.ImpositionStore;
import dev.portcullis.secret.Secrets;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Administers nodes. */
@Path("v1/nodes")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NodeResource {
  // it stands before ":" in a URL
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
  private static final Duration USUAL_OVERLAP = Duration.ofDays(1);

  @Inject private NodeRows rows;
  @Inject private ImpositionStore impositions;
  @Inject private Secrets secrets;
  @Inject private CurrentCaller caller;

  /** All nodes, by name. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<NodeRepresentation> list(@BeanParam Paging paging) {
    return paging.page(
        limit -> rows.page(paging.after(), limit).stream().map(Node::representation).toList(),
        NodeRepresentation::name);
  }

  /** Makes a node with its first secret. */
  @POST
  public Response create(@Nullable NodeEdit edit) {
    if (edit == null || edit.name() == null || !NAME.matcher(edit.name()).matches()) {
      throw ProblemException.badRequest(
          "Give a name of 1 to 63 letters, digits, hyphens and underscores: {\"name\":\"frps\"}");
    }
    check(edit);
    if (rows.find(edit.name()).isPresent()) {
      throw ProblemException.conflict("There is a node '" + edit.name() + "' already");
    }
    Node node = new Node(edit.name());
    edit.applyTo(node);
    String secret = secrets.newToken();
    NodeRepresentation made =
        rows.add(node, secrets.hash(Secrets.Purpose.NODE_SECRET, secret), actor()).representation();
    return Response.status(Response.Status.CREATED).entity(made.withSecret(secret)).build();
  }

  /** One node. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}")
  public NodeRepresentation get(@PathParam("name") String name) {
    return node(name).representation();
  }

  /** Changes a node; absent members stay. */
  @PATCH
  @Path("{name}")
  public NodeRepresentation update(@PathParam("name") String name, @Nullable NodeEdit edit) {
    if (edit == null || edit.name() != null) {
      throw ProblemException.badRequest(
          "Give the members to change; a node's name stays, since its frps logs in by it");
    }
    check(edit);
    return rows.edit(name, edit, actor()).orElseThrow(() -> missing(name)).representation();
  }

  /** Deletes a node; its frps is refused from then on. */
  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    if (!rows.remove(name, actor())) {
      throw missing(name);
    }
  }

  /** The node's secrets, without the secrets. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}/secrets")
  public List<SecretRepresentation> secrets(@PathParam("name") String name) {
    return rows.secretsOf(node(name)).stream().map(NodeSecret::representation).toList();
  }

  /** Makes a new secret; those so far end after the overlap. */
  @POST
  @Path("{name}/secrets")
  public Response rotate(@PathParam("name") String name, @Nullable Rotation rotation) {
    Duration overlap =
        rotation == null || rotation.overlapSeconds() == null
            ? USUAL_OVERLAP
            : Duration.ofSeconds(rotation.overlapSeconds());
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw ProblemException.badRequest(
          "overlapSeconds is %d; give 0 to %d"
              .formatted(overlap.toSeconds(), LONGEST_OVERLAP.toSeconds()));
    }
    Node node = node(name);
    String secret = secrets.newToken();
    SecretRepresentation made =
        rows.rotate(
                node,
                secrets.hash(Secrets.Purpose.NODE_SECRET, secret),
                NodeRows.now().plus(overlap),
                actor())
            .representation();
    return Response.status(Response.Status.CREATED).entity(made.withSecret(secret)).build();
  }

  /** Ends a secret at once. */
  @DELETE
  @Path("{name}/secrets/{id}")
  public void revoke(@PathParam("name") String name, @PathParam("id") String id) {
    if (!rows.revoke(node(name), id, actor())) {
      throw ProblemException.notFound("Node '" + name + "' has no secret '" + id + "'");
    }
  }

  /** What is imposed on the proxies of the node. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("{name}/imposition")
  public ImpositionRepresentation imposition(@PathParam("name") String name) {
    return impositions.get(node(name).id());
  }

  /** Sets what is imposed on the proxies of the node. */
  @PUT
  @Path("{name}/imposition")
  public ImpositionRepresentation impose(
      @PathParam("name") String name, @Nullable ImpositionRepresentation imposition) {
    return impositions.put(node(name).id(), "node " + name, imposition, actor());
  }

  private Node node(String name) {
    return rows.find(name).orElseThrow(() -> missing(name));
  }

  private static void check(NodeEdit edit) {
    if (edit.description() != null && edit.description().length() > 400) {
      throw ProblemException.badRequest("description has more than 400 letters");
    }
  }

  private static ProblemException missing(String name) {
    return ProblemException.notFound("There is no node '" + name + "'");
  }

  private String actor() {
    return caller.name();
  }
}
