package dev.portcullis.account;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.proof.DomainClaimEdit;
import dev.portcullis.proof.DomainClaimRepresentation;
import dev.portcullis.proof.DomainClaimStore;
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

/** Administers the domains that an account claims and proves by a record of DNS. */
@Path("v1/accounts/{name}/domains")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DomainClaimResource {
  @Inject private AccountRows accounts;
  @Inject private DomainClaimStore domains;
  @Inject private CurrentCaller caller;

  /** The account's claims, in the order in which they were made. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<DomainClaimRepresentation> list(
      @PathParam("name") String name, @BeanParam Paging paging) {
    String account = account(name).id();
    return paging.page(
        limit -> domains.page(account, paging.after(), limit), DomainClaimRepresentation::id);
  }

  /** Claims a domain; the answer has the record that proves it. */
  @POST
  public Response add(@PathParam("name") String name, @Nullable DomainClaimEdit edit) {
    DomainClaimEdit wish = edit == null ? new DomainClaimEdit(null) : edit;
    return Response.status(Response.Status.CREATED)
        .entity(domains.add(account(name).id(), name, wish, caller.name()))
        .build();
  }

  /** One claim. */
  @GET
  @Path("{id}")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public DomainClaimRepresentation get(@PathParam("name") String name, @PathParam("id") String id) {
    return domains.find(account(name).id(), id).orElseThrow(() -> missing(name, id));
  }

  /** Looks the record up at once. */
  @POST
  @Path("{id}/check")
  @Admits({Role.ADMIN, Role.OPERATOR})
  @Consumes(MediaType.WILDCARD)
  public DomainClaimRepresentation check(
      @PathParam("name") String name, @PathParam("id") String id) {
    return domains.check(account(name).id(), id).orElseThrow(() -> missing(name, id));
  }

  /** Takes a claim away; a proxy that is open under it stays so until it is closed. */
  @DELETE
  @Path("{id}")
  public void remove(@PathParam("name") String name, @PathParam("id") String id) {
    if (!domains.remove(account(name).id(), id, caller.name())) {
      throw missing(name, id);
    }
  }

  private Account account(String name) {
    return accounts
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("There is no account '" + name + "'"));
  }

  private static ProblemException missing(String name, String id) {
    return ProblemException.notFound("Account '" + name + "' has claimed no domain '" + id + "'");
  }
}
