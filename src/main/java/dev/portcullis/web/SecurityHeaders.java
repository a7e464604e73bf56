package dev.portcullis.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts on every answer but frps's what a browser needs to be told. */
@WebFilter(
    urlPatterns = "/*",
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR},
    asyncSupported = true)
public class SecurityHeaders extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isOfFrps(request)) {
      set(request, response);
    }
    chain.doFilter(request, response);
  }

  private static boolean isOfFrps(HttpServletRequest request) {
    // on the way to an error page the path is the page's
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return failed instanceof String uri
        ? uri.startsWith(request.getContextPath() + "/handler")
            || uri.startsWith(request.getContextPath() + "/api/handler")
        : path(request).startsWith("/handler");
  }

  // for what goes to no servlet of ours, Liberty has it in the path info
  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  /** Sets them; for other filters too, since containers order filters as they like. */
  public static void set(HttpServletRequest request, HttpServletResponse response) {
    String path = path(request);
    boolean isAsset = path.endsWith(".css") || path.endsWith(".js");
    response.setHeader("Cache-Control", isAsset ? "no-cache" : "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
