package dev.portcullis.lease;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Shows leases, and frees one that frps has forgotten to close. */
@Path("v1/leases")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class LeaseResource {
  @Inject private LeaseStore leases;
  @Inject private CurrentCaller caller;

  /** The leases that are held, or with {@code held=false} those that were. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<LeaseRepresentation> list(
      @QueryParam("account") @DefaultValue("") String account,
      @QueryParam("held") @DefaultValue("true") boolean held,
      @BeanParam Paging paging) {
    return paging.page(
        limit -> leases.page(account, held, paging.after(), limit), LeaseRepresentation::id);
  }

  /** Frees a lease; does not close the proxy in frps. */
  @DELETE
  @Admits({Role.ADMIN, Role.OPERATOR})
  @Path("{id}")
  public void release(@PathParam("id") String id) {
    if (!leases.release(id, caller.name())) {
      throw ProblemException.notFound("There is no held lease '" + id + "'");
    }
  }
}
