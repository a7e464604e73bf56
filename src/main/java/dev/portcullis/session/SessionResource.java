package dev.portcullis.session;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Shows sessions. */
@Path("v1/sessions")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  @Inject private SessionStore sessions;

  /** All sessions, or those of one account, by run id. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<SessionRepresentation> list(
      @QueryParam("account") @DefaultValue("") String account, @BeanParam Paging paging) {
    return paging.page(
        limit -> sessions.page(account, paging.after(), limit), SessionRepresentation::runId);
  }
}
