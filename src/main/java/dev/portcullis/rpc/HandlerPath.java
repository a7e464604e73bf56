package dev.portcullis.rpc;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
      request.getRequestDispatcher("/api" + path).forward(new Bare(request), response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** Without what counts for nothing here and makes servers choke when it is broken. */
  private static final class Bare extends HttpServletRequestWrapper {
    private static final Set<String> IGNORED = Set.of("accept", "content-type");

    Bare(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getQueryString() {
      return null;
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public @Nullable String getCharacterEncoding() {
      return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return isIgnored(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isIgnored(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          Collections.list(super.getHeaderNames()).stream()
              .filter(name -> !isIgnored(name))
              .toList());
    }

    private static boolean isIgnored(String name) {
      return IGNORED.contains(name.toLowerCase(Locale.ROOT));
    }
  }
}
