package dev.portcullis.lock;

import dev.portcullis.account.AccountStore;
import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.node.NodeStore;
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
import jakarta.ws.rs.core.UriBuilder;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets and lifts locks. */
@Path("v1/locks")
@RequestScoped
@Admits({Role.ADMIN, Role.OPERATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LockResource {
  @Inject private LockStore locks;
  @Inject private AccountStore accounts;
  @Inject private NodeStore nodes;
  @Inject private CurrentCaller caller;

  /** All locks in the order in which they were set, those that have expired too. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<LockRepresentation> list(@BeanParam Paging paging) {
    return paging.page(limit -> locks.page(paging.after(), limit), LockRepresentation::id);
  }

  /**
   * Sets a lock; others on the same thing stand beside it. From one on an account a link leads to
   * what it leaves of the account's sessions.
   */
  @POST
  public Response create(@Nullable LockEdit edit) {
    if (edit == null) {
      throw ProblemException.badRequest(LockEdit.EXAMPLE);
    }
    Lock lock = edit.lock(caller.name(), OffsetDateTime.now(ZoneOffset.UTC));
    refuseUnknown(lock);
    Response.ResponseBuilder answer =
        Response.status(Response.Status.CREATED).entity(locks.add(lock, caller.name()));
    return lock.kind() == LockKind.ACCOUNT
        ? answer.header("Link", ladder(lock.target())).build()
        : answer.build();
  }

  // a slip of the pen would hold nobody off, and say that it does; groups need no row
  private void refuseUnknown(Lock lock) {
    if (lock.kind() == LockKind.ACCOUNT && accounts.find(lock.target()).isEmpty()) {
      throw ProblemException.badRequest("There is no account '" + lock.target() + "'");
    }
    if (!lock.node().isEmpty() && !nodes.isKnown(lock.node())) {
      throw ProblemException.badRequest("There is no node '" + lock.node() + "' that may ask");
    }
  }

  /** Where it is told what can put the account's sessions out, and what remains of them. */
  private static String ladder(String account) {
    return "<accounts/%s/ladder>; rel=\"ladder\""
        .formatted(UriBuilder.fromPath("{name}").build(account).toASCIIString());
  }

  /** Lifts a lock. */
  @DELETE
  @Path("{id}")
  public void lift(@PathParam("id") String id) {
    if (!locks.remove(id, caller.name())) {
      throw ProblemException.notFound("There is no lock '" + id + "'");
    }
  }
}
