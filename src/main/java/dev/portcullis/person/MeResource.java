package dev.portcullis.person;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.Caller;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says who has signed in. */
@Path("v1/me")
@RequestScoped
@Admits(Role.SIGNED_IN)
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
  @Inject private CurrentCaller caller;

  /** Whoever asks. */
  @GET
  public MeRepresentation get() {
    Caller known = caller.get();
    return new MeRepresentation(known.name(), known.roles(), known.method());
  }
}
