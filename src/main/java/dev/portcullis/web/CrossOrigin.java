package dev.portcullis.web;

import dev.portcullis.admin.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows a request that another site has made a browser send (CSRF), as Go's {@code
 * http.CrossOriginProtection} does: browsers say where a request comes from, and what says nothing
 * is no browser.
 */
public final class CrossOrigin {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private CrossOrigin() {}

  /** Answers such a request with 403; false for any other. */
  public static boolean isRefused(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isHarmless(
        request.getMethod(),
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getHeader("Host"))) {
      return false;
    }
    Problem.answer(
        response,
        HttpServletResponse.SC_FORBIDDEN,
        "Forbidden",
        "Another site has made the browser send this; do it on Portcullis's own pages");
    return true;
  }

  static boolean isHarmless(
      String method, @Nullable String site, @Nullable String origin, @Nullable String host) {
    if (SAFE_METHODS.contains(method)) {
      return true;
    }
    if (site != null && !site.isEmpty()) {
      return OWN.contains(site);
    }
    if (origin == null || origin.isEmpty()) {
      return true;
    }
    try {
      return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
