package dev.portcullis.admin;

import dev.portcullis.database.LostRace;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Answers every failure of the admin API with problem details, and never with a stack trace. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Context private @Nullable UriInfo address;

  @Override
  public Response toResponse(Throwable failure) {
    // servers wrap what is thrown while a body is read
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return response(problem);
      }
    }
    if (failure instanceof WebApplicationException http) {
      if (http.getResponse().getEntity() instanceof Problem) {
        return http.getResponse();
      }
      Response.StatusType status = http.getResponse().getStatusInfo();
      return Response.fromResponse(http.getResponse())
          .type(Problem.MEDIA_TYPE)
          .entity(problem(status, detail(status)))
          .build();
    }
    if (isUnreadable(failure)) {
      return response(
          Response.Status.BAD_REQUEST,
          "The body is not the JSON that is expected here: check its syntax and the types of its members");
    }
    if (LostRace.isCauseOf(failure)) {
      return response(
          Response.Status.CONFLICT, "It exists already, or somebody else has just made it");
    }
    if (failure instanceof IllegalArgumentException && isBeforeAnyResource()) {
      return response(Response.Status.BAD_REQUEST, "The address can't be read: check its escapes");
    }
    LOG.log(Level.ERROR, "A request of an administrator failed", failure);
    return response(
        Response.Status.INTERNAL_SERVER_ERROR,
        "Portcullis could not do this; the server's log says why");
  }

  // CXF parses a query before it looks for a resource, and fails at a wrong escape
  private boolean isBeforeAnyResource() {
    return address != null && address.getMatchedResources().isEmpty();
  }

  private static String detail(Response.StatusType status) {
    return status.getStatusCode() == Response.Status.UNSUPPORTED_MEDIA_TYPE.getStatusCode()
        ? "Send JSON, with the header Content-Type: application/json"
        : status.getReasonPhrase();
  }

  private static boolean isUnreadable(Throwable failure) {
    return failure instanceof JsonbException
        || failure instanceof JsonException
        || failure instanceof ProcessingException;
  }

  static Response response(ProblemException problem) {
    return response(problem.status(), String.valueOf(problem.getMessage()));
  }

  private static Response response(Response.Status status, String detail) {
    return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem(status, detail)).build();
  }

  private static Problem problem(Response.StatusType status, String detail) {
    return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
  }
}
