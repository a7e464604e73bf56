package dev.portcullis.person;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cookie of a browser's session. Over HTTPS its name makes browsers refuse one that a
 * neighbouring host or plain HTTP has set. It is never sent along from another site; pages need
 * none, and what they fetch is of the same site.
 */
final class SessionCookie {
  private static final String NAME = "portcullis";
  private static final String SECURE_NAME = "__Host-portcullis";

  private SessionCookie() {}

  static Optional<String> of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name(request)))
            .map(Cookie::getValue)
            .findFirst();
  }

  static void set(HttpServletRequest request, HttpServletResponse response, String token) {
    write(request, response, token, "");
  }

  static void remove(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", "; Max-Age=0");
  }

  /** Takes away the cookie of the server's own session, which has ended. */
  static void removeServers(HttpServletRequest request, HttpServletResponse response) {
    SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
    String name = config.getName() == null ? "JSESSIONID" : config.getName();
    String path = config.getPath() == null ? request.getContextPath() : config.getPath();
    Cookie ended = new Cookie(name, "");
    ended.setPath(path.isEmpty() ? "/" : path);
    ended.setHttpOnly(true);
    ended.setSecure(request.isSecure());
    ended.setMaxAge(0);
    response.addCookie(ended);
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? SECURE_NAME : NAME;
  }

  // by hand: Servlet 5 knows no SameSite
  private static void write(
      HttpServletRequest request, HttpServletResponse response, String value, String end) {
    response.addHeader(
        "Set-Cookie",
        name(request)
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Strict"
            + (request.isSecure() ? "; Secure" : "")
            + end);
  }
}
