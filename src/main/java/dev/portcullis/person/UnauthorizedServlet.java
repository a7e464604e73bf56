package dev.portcullis.person;

import dev.portcullis.admin.Problem;
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
    Problem.answer(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "Unauthorized",
        "Give name and password, or an access token as Bearer");
  }
}
