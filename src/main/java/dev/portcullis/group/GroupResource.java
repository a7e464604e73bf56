package dev.portcullis.group;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.ProblemException;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Administers groups. */
@Path("v1/groups")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GroupResource {
  @Inject private GroupRows rows;
  @Inject private CurrentCaller caller;

  /** All groups of which something is said, by name. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<GroupRepresentation> list(@BeanParam Paging paging) {
    return paging.page(
        limit ->
            rows.page(paging.after(), limit).stream().map(AccountGroup::representation).toList(),
        GroupRepresentation::name);
  }

  /** One group. */
  @GET
  @Path("{name}")
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public GroupRepresentation get(@PathParam("name") String name) {
    return rows.find(name).orElseThrow(() -> missing(name)).representation();
  }

  /** Says what a group is, in place of what was said before. */
  @PUT
  @Path("{name}")
  public GroupRepresentation put(@PathParam("name") String name, @Nullable GroupEdit edit) {
    if (edit == null || edit.saysNothing()) {
      throw ProblemException.badRequest("Say something of the group: {\"signIn\":[\"password\"]}");
    }
    String checked = GroupStore.names(List.of(name)).first();
    return rows.put(checked, edit, caller.name()).representation();
  }

  /** Says nothing of it any more; accounts stay in it. */
  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    if (!rows.remove(name, caller.name())) {
      throw missing(name);
    }
  }

  private static ProblemException missing(String name) {
    return ProblemException.notFound("There is nothing said of a group '" + name + "'");
  }
}
