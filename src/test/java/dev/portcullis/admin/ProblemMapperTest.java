package dev.portcullis.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ProblemMapperTest {
  private static final String SECRET = "pl4nted-s3cret";

  @Test
  void tellsWhatTheAdministratorCanDo() {
    assertEquals(
        new Problem("about:blank", "Bad Request", 400, "Give a name"),
        problem(ProblemException.badRequest("Give a name")));
    assertEquals(
        new Problem("about:blank", "Not Found", 404, "There is no account 'x'"),
        problem(ProblemException.notFound("There is no account 'x'")));
    assertEquals(
        new Problem("about:blank", "Conflict", 409, "There is one already"),
        problem(ProblemException.conflict("There is one already")));
  }

  @Test
  void keepsTheStatusOfJaxRsAndNotItsWords() {
    assertEquals(
        new Problem("about:blank", "Not Found", 404, "Not Found"),
        problem(new NotFoundException(SECRET)));
    assertEquals(
        new Problem("about:blank", "Forbidden", 403, "Forbidden"),
        problem(new ForbiddenException(SECRET)));
  }

  @Test
  void blamesABodyThatCantBeRead() {
    for (Exception e :
        new Exception[] {
          new JsonException(SECRET), new JsonbException(SECRET), new ProcessingException(SECRET)
        }) {
      Problem problem = problem(e);
      assertEquals(400, problem.status());
      assertFalse(problem.detail().contains(SECRET));
    }
  }

  @Test
  void takesALostRaceForAConflict() {
    assertEquals(
        409, problem(new PersistenceException(new SQLException(SECRET, "23505"))).status());
  }

  @Test
  void saysNothingOfAFault() {
    Logger logger = Logger.getLogger(ProblemMapper.class.getName());
    logger.setUseParentHandlers(false);
    try {
      assertEquals(
          new Problem(
              "about:blank",
              "Internal Server Error",
              500,
              "Portcullis could not do this; the server's log says why"),
          problem(new IllegalStateException(SECRET)));
      assertEquals(
          500, problem(new PersistenceException(new SQLException(SECRET, "08006"))).status());
    } finally {
      logger.setUseParentHandlers(true);
    }
  }

  private static Problem problem(Throwable failure) {
    try (Response response = new ProblemMapper().toResponse(failure)) {
      Problem problem = assertInstanceOf(Problem.class, response.getEntity());
      assertEquals(problem.status(), response.getStatus());
      assertEquals("application/problem+json", String.valueOf(response.getMediaType()));
      return problem;
    }
  }
}
