package dev.portcullis.admin;

import jakarta.ws.rs.core.Response;

/** The request of an administrator can't be carried out; the message says what to do. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Response.Status status;

  private ProblemException(Response.Status status, String message) {
    super(message);
    this.status = status;
  }

  /** 400: the request itself is wrong. */
  public static ProblemException badRequest(String message) {
    return new ProblemException(Response.Status.BAD_REQUEST, message);
  }

  /** 404: what it names does not exist. */
  public static ProblemException notFound(String message) {
    return new ProblemException(Response.Status.NOT_FOUND, message);
  }

  /** 409: it does not fit what is there. */
  public static ProblemException conflict(String message) {
    return new ProblemException(Response.Status.CONFLICT, message);
  }

  Response.Status status() {
    return status;
  }
}
