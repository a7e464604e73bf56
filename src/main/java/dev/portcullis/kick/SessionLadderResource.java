package dev.portcullis.kick;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Kicks a session, and tells what can put it out, what has, and what remains. */
@Path("v1/sessions/{runId}")
@RequestScoped
@Admits({Role.ADMIN, Role.OPERATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionLadderResource {
  @Inject private LadderStore ladders;
  @Inject private KickStore kicks;
  @Inject private CurrentCaller caller;

  /** The ladder of a session. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  @Path("ladder")
  public LadderRepresentation ladder(@PathParam("runId") String runId) {
    return ladders
        .find(runId)
        .orElseThrow(() -> ProblemException.notFound("There is no session '" + runId + "'"));
  }

  /** Ends the login that the session is in; all its later operations are refused. */
  @POST
  @Path("kick")
  public LadderRepresentation kick(@PathParam("runId") String runId, @Nullable KickEdit edit) {
    LadderRepresentation session = ladder(runId);
    kicks.kick(
        new KnownKick(
            runId,
            session.generation(),
            "",
            (edit == null ? new KickEdit(null) : edit)
                .messageOr("An administrator has ended this session."),
            caller.name(),
            OffsetDateTime.now(ZoneOffset.UTC)));
    return ladder(runId);
  }
}
