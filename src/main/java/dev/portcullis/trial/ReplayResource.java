package dev.portcullis.trial;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import dev.portcullis.audit.DecisionSelection;
import dev.portcullis.revision.PolicyStore;
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

/** Replays drafts against the decisions of a period. */
@Path("v1/policy/replays")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReplayResource {
  // behind every id
  private static final String LAST = "g";

  @Inject private ReplayRows rows;
  @Inject private ReplayRunner runner;
  @Inject private PolicyStore policies;
  @Inject private CurrentCaller caller;

  /** All replays, the newest first. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<ReplayRepresentation> list(@BeanParam Paging paging) {
    String before = paging.after().isEmpty() ? LAST : paging.after();
    return paging.page(
        limit -> rows.page(before, limit).stream().map(Replay::representation).toList(),
        ReplayRepresentation::id);
  }

  /** How far a replay is, and what it has found. */
  @GET
  @Path("{id}")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public ReplayRepresentation get(@PathParam("id") String id) {
    return rows.find(id).orElseThrow(() -> none(id)).representation();
  }

  /** Starts a replay, which this replica runs. */
  @POST
  public Response start(@Nullable ReplayEdit edit) {
    ReplayEdit wish =
        edit == null ? new ReplayEdit(null, null, null, null, null, null, null) : edit;
    DecisionSelection selection = wish.selection();
    long revision = policies.meant(wish.revision(), wish.document()).revision();
    Replay replay = new Replay(revision, wish.document(), selection, caller.name());
    rows.add(replay, caller.name());
    runner.add(replay.id());
    return Response.status(Response.Status.ACCEPTED).entity(replay.representation()).build();
  }

  /** Starts one again that has ended or was interrupted, from the beginning. */
  @POST
  @Path("{id}/start")
  public Response startAgain(@PathParam("id") String id) {
    Replay replay = rows.startAgain(id, caller.name()).orElseThrow(() -> none(id));
    runner.add(id);
    return Response.status(Response.Status.ACCEPTED).entity(replay.representation()).build();
  }

  /** Deletes a replay; one that runs ends. */
  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") String id) {
    if (!rows.remove(id, caller.name())) {
      throw none(id);
    }
  }

  private static ProblemException none(String id) {
    return ProblemException.notFound("There is no replay '" + id + "'");
  }
}
