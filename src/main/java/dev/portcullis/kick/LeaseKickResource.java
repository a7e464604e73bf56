package dev.portcullis.kick;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.lease.LeaseRepresentation;
import dev.portcullis.lease.LeaseStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kicks one proxy of a session. */
@Path("v1/leases/{id}/kick")
@RequestScoped
@Admits({Role.ADMIN, Role.OPERATOR})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LeaseKickResource {
  @Inject private LeaseStore leases;
  @Inject private LadderStore ladders;
  @Inject private KickStore kicks;
  @Inject private CurrentCaller caller;

  /** Turns away the proxy's visitors, until a later login of the client opens it again. */
  @POST
  public LadderRepresentation kick(@PathParam("id") String id, @Nullable KickEdit edit) {
    LeaseRepresentation lease =
        leases
            .find(id)
            .filter(LeaseRepresentation::held)
            .orElseThrow(() -> ProblemException.notFound("There is no held lease '" + id + "'"));
    if (ladders.find(lease.runId()).isEmpty()) {
      // frps before 0.32.1 tells no run ids
      throw ProblemException.conflict(
          "The session of this lease is not known; lock the proxy instead: {\"proxy\":\"%s\",\"message\":\"...\"}"
              .formatted(lease.proxyName()));
    }
    kicks.kick(
        new KnownKick(
            lease.runId(),
            lease.generation(),
            lease.proxyName(),
            (edit == null ? new KickEdit(null) : edit)
                .messageOr("An administrator has closed this proxy."),
            caller.name(),
            OffsetDateTime.now(ZoneOffset.UTC)));
    Optional<LadderRepresentation> ladder = ladders.find(lease.runId());
    return ladder.orElseThrow(
        () -> ProblemException.notFound("The session of this lease has just been forgotten"));
  }
}
