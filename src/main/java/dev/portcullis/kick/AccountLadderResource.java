package dev.portcullis.kick;

import dev.portcullis.account.AccountStore;
import dev.portcullis.admin.Admits;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells what disabling, locking, expiring or deleting an account leaves of its sessions. */
@Path("v1/accounts/{name}/ladder")
@RequestScoped
@Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
@Produces(MediaType.APPLICATION_JSON)
public class AccountLadderResource {
  @Inject private LadderStore ladders;
  @Inject private AccountStore accounts;

  /** The ladders of the account's sessions, by run id; of a deleted account too. */
  @GET
  public Page<LadderRepresentation> ladder(
      @PathParam("name") String name, @BeanParam Paging paging) {
    Page<LadderRepresentation> page =
        paging.page(limit -> ladders.of(name, paging.after(), limit), LadderRepresentation::runId);
    if (page.items().isEmpty() && accounts.find(name).isEmpty()) {
      throw ProblemException.notFound(
          "There is no account '%s', and no session of a deleted one".formatted(name));
    }
    return page;
  }
}
