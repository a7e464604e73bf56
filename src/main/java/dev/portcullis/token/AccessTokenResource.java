package dev.portcullis.token;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Administers API tokens and browser sessions. */
@Path("v1/access-tokens")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccessTokenResource {
  @Inject private AccessTokenStore tokens;
  @Inject private CurrentCaller caller;

  /** All tokens and sessions, in the order in which they were made. */
  @GET
  public Page<AccessTokenRepresentation> list(@BeanParam Paging paging) {
    return paging.page(limit -> tokens.page(paging.after(), limit), AccessTokenRepresentation::id);
  }

  /** Makes an API token; it is shown here and never again. */
  @POST
  public Response create(@Nullable AccessTokenEdit wish) {
    if (wish == null) {
      throw ProblemException.badRequest(AccessTokenEdit.EXAMPLE);
    }
    return Response.status(Response.Status.CREATED).entity(tokens.add(wish, actor())).build();
  }

  /** Ends a token or a session at once. */
  @DELETE
  @Path("{id}")
  public void revoke(@PathParam("id") String id) {
    if (!tokens.remove(id, actor())) {
      throw ProblemException.notFound("There is no access token or session '" + id + "'");
    }
  }

  private String actor() {
    return caller.name();
  }
}
