package dev.portcullis.admin;

import dev.portcullis.database.LostRace;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers every failure of the admin API with problem details, and never with a stack trace. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return response(problem.status(), String.valueOf(problem.getMessage()));
    }
    if (failure instanceof WebApplicationException http) {
      Response.StatusType status = http.getResponse().getStatusInfo();
      return Response.fromResponse(http.getResponse())
          .type(Problem.MEDIA_TYPE)
          .entity(problem(status, status.getReasonPhrase()))
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
    LOG.log(Level.ERROR, "A request of an administrator failed", failure);
    return response(
        Response.Status.INTERNAL_SERVER_ERROR,
        "Portcullis could not do this; the server's log says why");
  }

  private static boolean isUnreadable(Throwable failure) {
    return failure instanceof JsonbException
        || failure instanceof JsonException
        || failure instanceof ProcessingException;
  }

  private static Response response(Response.Status status, String detail) {
    return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem(status, detail)).build();
  }

  private static Problem problem(Response.StatusType status, String detail) {
    return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
  }
}
