package dev.portcullis.person;

import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import dev.portcullis.token.AccessTokenStore;
import dev.portcullis.web.CrossOrigin;
import dev.portcullis.web.SecurityHeaders;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Locale;

/**
 * Signs a person in: by a form against the server's realm, or wherever the server sends the browser
 * for that. The session that begins is a row of ours with a token of its own; none of the server's
 * is kept.
 */
@WebServlet({"/sign-in", "/callback"})
public class SignInServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient AccessTokenStore tokens;
  @Inject private transient RoleMapping mapping;
  @Inject private transient SignInThrottle throttle;
  @Inject private transient Admission admission;
  @Inject private transient ProvidedGroups provided;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    SecurityHeaders.set(request, response);
    if (settings.people().auth() == Auth.REALM) {
      if (isCallback(request)) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      } else {
        SignInPage.form(response, HttpServletResponse.SC_OK, "");
      }
      return;
    }
    if (request.getUserPrincipal() == null && isCallback(request)) {
      notLetIn(response);
      return;
    }
    // otherwise the server has answered, most often by sending the browser elsewhere
    if (request.getUserPrincipal() != null || Admission.authenticate(request, response)) {
      begin(request, response);
    } else if (!response.isCommitted() && isFailure(response.getStatus())) {
      notLetIn(response);
    }
  }

  /** A challenge is none. */
  private static boolean isFailure(int status) {
    return status >= HttpServletResponse.SC_BAD_REQUEST
        && status != HttpServletResponse.SC_UNAUTHORIZED;
  }

  private static void notLetIn(HttpServletResponse response) throws IOException {
    SignInPage.failure(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "The sign-on has not let you in, or took too long.");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    SecurityHeaders.set(request, response);
    if (CrossOrigin.isRefused(request, response)) {
      return;
    }
    if (settings.people().auth() != Auth.REALM || isCallback(request)) {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    request.setCharacterEncoding("UTF-8");
    String name = request.getParameter("name");
    String password = request.getParameter("password");
    if (name == null || name.isBlank() || password == null || password.isEmpty()) {
      SignInPage.form(
          response, HttpServletResponse.SC_BAD_REQUEST, "Give your name and your password.");
      return;
    }
    String address = request.getRemoteAddr();
    long seconds = throttle.secondsClosed(address, name);
    if (seconds > 0) {
      response.setHeader("Retry-After", Long.toString(seconds));
      SignInPage.form(
          response,
          Admission.TOO_MANY_REQUESTS,
          "Too many attempts have failed. Try again in " + seconds + " seconds.");
      return;
    }
    if (login(request, name, password)) {
      throttle.succeeded(address, name);
      begin(request, response);
    } else {
      admission.failed(name, "sign-in.refused", "Wrong name or password", address);
      SignInPage.form(
          response, HttpServletResponse.SC_UNAUTHORIZED, "The name or the password is wrong.");
    }
  }

  private static boolean isCallback(HttpServletRequest request) {
    return request.getServletPath().equals("/callback");
  }

  private static boolean login(HttpServletRequest request, String name, String password)
      throws ServletException {
    if (request.getUserPrincipal() != null) {
      // some servers take credentials from a header wherever they come
      request.logout();
    }
    try {
      request.login(name, password);
      return request.getUserPrincipal() != null;
    } catch (ServletException e) {
      return false;
    }
  }

  private void begin(HttpServletRequest request, HttpServletResponse response) {
    Auth auth = settings.people().auth();
    String token =
        tokens.signIn(
            request.getUserPrincipal().getName(),
            mapping.roles(group -> provided.contains(group) || request.isUserInRole(group)),
            auth.name().toLowerCase(Locale.ROOT),
            request.getRemoteAddr());
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
      SessionCookie.removeServers(request, response);
    }
    SessionCookie.set(request, response, token);
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + "/");
  }
}
