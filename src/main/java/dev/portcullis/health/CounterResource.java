package dev.portcullis.health;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Shows the counters of this replica. */
@Path("v1/counters")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class CounterResource {
  @Inject private RefusalCounters refusals;

  /** Calls of frps that were refused outside any chain since the start, by code. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Map<String, Long> refusedCalls() {
    return refusals.read();
  }
}
