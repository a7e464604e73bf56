package dev.portcullis.person;

import dev.portcullis.admin.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The body of a 401 that the server itself answers; its own would tell its version. */
@WebServlet("/unauthorized")
public class UnauthorizedServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isOfAFrps(request)) {
      // Jersey asks for a page where an answer has no body on purpose
      response.setContentLength(0);
      return;
    }
    Problem.answer(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "Unauthorized",
        "Give name and password, or an access token as Bearer");
  }

  private static boolean isOfAFrps(HttpServletRequest request) {
    String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    return path.startsWith(request.getContextPath() + "/handler")
        || path.startsWith(request.getContextPath() + "/api/handler");
  }
}
