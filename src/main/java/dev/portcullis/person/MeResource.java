package dev.portcullis.person;

import dev.portcullis.admin.Caller;
import dev.portcullis.admin.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Says who has signed in. */
@Path("v1/me")
@RequestScoped
@RolesAllowed(Role.SIGNED_IN)
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  @Context private SecurityContext security;

  /** Whoever asks. */
  @GET
  public MeRepresentation get() {
    // nobody else comes past the role annotation
    Caller caller = (Caller) security.getUserPrincipal();
    return new MeRepresentation(caller.name(), caller.roles(), caller.method());
  }
}
