package dev.portcullis.audit;

import dev.portcullis.admin.Admits;
import dev.portcullis.admin.Page;
import dev.portcullis.admin.Paging;
import dev.portcullis.admin.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Reads the audit log. */
@Path("v1/audit")
@RequestScoped
@Admits(Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  @Inject private AuditStore audit;

  /** The events that match, the newest first. */
  @GET
  @Admits({Role.ADMIN, Role.OPERATOR, Role.AUDITOR})
  public Page<AuditRepresentation> list(@BeanParam AuditFilter filter, @BeanParam Paging paging) {
    return paging.page(limit -> audit.find(filter, paging.after(), limit), AuditRepresentation::id);
  }
}
