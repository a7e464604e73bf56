package dev.portcullis.rpc;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Gives the plugin endpoint the path {@code /handler}, which configurations of frps have. JAX-RS
 * itself lives under {@code /api}: under {@code /} it would hide static pages on some servers.
 */
@WebFilter("/handler/*")
public class HandlerPath extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern PATH = Pattern.compile("/handler(/[A-Za-z0-9_-]{1,100}){0,2}");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (PATH.matcher(path).matches()) {
      request.getRequestDispatcher("/api" + path).forward(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
