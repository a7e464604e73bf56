package dev.portcullis.limit;

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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Shows which visitors are banned, and lets them come again. */
@Path("v1/bans")
@RequestScoped
@Admits({Role.ADMIN, Role.OPERATOR})
@Produces(MediaType.APPLICATION_JSON)
public class BanResource {
  @Inject private BanStore bans;
  @Inject private CurrentCaller caller;

  /** The bans in force. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<BanRepresentation> list(
      @QueryParam("account") @DefaultValue("") String account, @BeanParam Paging paging) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    return paging.page(
        limit -> bans.page(account, now, paging.after(), limit), BanRepresentation::id);
  }

  /** Lifts a ban; the next one of this visitor begins anew. */
  @DELETE
  @Path("{id}")
  public void lift(@PathParam("id") String id) {
    if (!bans.lift(id, caller.name())) {
      throw ProblemException.notFound("There is no ban '" + id + "'; it may have ended");
    }
  }
}
