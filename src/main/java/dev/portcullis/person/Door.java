package dev.portcullis.person;

import dev.portcullis.admin.Caller;
import dev.portcullis.admin.CurrentCaller;
import dev.portcullis.admin.Problem;
import dev.portcullis.web.CrossOrigin;
import dev.portcullis.web.SecurityHeaders;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The one door to the admin API. A constraint in web.xml would refuse Bearer tokens and sessions
 * before they are seen; what does not come this way is refused by the role annotations.
 */
@WebFilter(urlPatterns = "/api/v1/*", asyncSupported = true)
public class Door extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(Door.class.getName());

  @Inject private transient Admission admission;
  @Inject private transient CurrentCaller current;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.set(request, response);
    if (!Admission.isBearer(request) && CrossOrigin.isRefused(request, response)) {
      return;
    }
    Caller caller;
    try {
      caller = admission.caller(request, response);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Who calls the admin API can't be found out", e);
      Problem.answer(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "Service Unavailable",
          "Portcullis can't find out who this is; the server's log says why");
      return;
    }
    if (caller != null) {
      current.set(caller);
      chain.doFilter(new SignedInRequest(request, caller), response);
    }
  }
}
