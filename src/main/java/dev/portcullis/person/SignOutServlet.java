package dev.portcullis.person;

import dev.portcullis.token.AccessTokenStore;
import dev.portcullis.web.CrossOrigin;
import dev.portcullis.web.SecurityHeaders;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the session of a browser, on every replica. */
@WebServlet("/sign-out")
public class SignOutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient AccessTokenStore tokens;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SecurityHeaders.set(request, response);
    if (CrossOrigin.isRefused(request, response)) {
      return;
    }
    SessionCookie.of(request).ifPresent(token -> tokens.signOut(token, request.getRemoteAddr()));
    SessionCookie.remove(request, response);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + "/?signed-out");
  }
}
