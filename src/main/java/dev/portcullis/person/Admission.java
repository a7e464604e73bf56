package dev.portcullis.person;

import dev.portcullis.admin.Caller;
import dev.portcullis.admin.Problem;
import dev.portcullis.audit.AuditEvent;
import dev.portcullis.audit.AuditStore;
import dev.portcullis.settings.PeopleSettings.Auth;
import dev.portcullis.settings.Settings;
import dev.portcullis.token.AccessTokenStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls the admin API: by Bearer token, by session, by the server's realm. */
@ApplicationScoped
class Admission {
  static final int TOO_MANY_REQUESTS = 429;
  private static final String BEARER = "Bearer";
  private static final String BASIC = "Basic";

  private AccessTokenStore tokens;
  private Instance<BearerVerifier> verifiers;
  private RoleMapping mapping;
  private SignInThrottle throttle;
  private AuditStore audit;
  private Settings settings;

  /** For the container's proxy only. */
  protected Admission() {}

  @Inject
  Admission(
      AccessTokenStore tokens,
      Instance<BearerVerifier> verifiers,
      RoleMapping mapping,
      SignInThrottle throttle,
      AuditStore audit,
      Settings settings) {
    this.tokens = tokens;
    this.verifiers = verifiers;
    this.mapping = mapping;
    this.throttle = throttle;
    this.audit = audit;
    this.settings = settings;
  }

  /** Whether the request carries a Bearer token, which no browser sends by itself. */
  static boolean isBearer(HttpServletRequest request) {
    return bearer(request) != null;
  }

  private static @Nullable String bearer(HttpServletRequest request) {
    return credentials(request.getHeader("Authorization"), BEARER);
  }

  private static @Nullable String credentials(@Nullable String header, String scheme) {
    return header != null
            && (header + " ").regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)
        ? header.substring(scheme.length()).strip()
        : null;
  }

  /** Who calls; null when that is not known, and the request has been answered. */
  @Nullable Caller caller(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String bearer = bearer(request);
    if (bearer != null) {
      return byBearer(bearer, request, response);
    }
    Optional<Caller> session = SessionCookie.of(request).flatMap(tokens::ofSession);
    if (session.isPresent()) {
      return session.get();
    }
    if (settings.people().auth() == Auth.OIDC || isScriptWithoutCredentials(request)) {
      unauthorized(response, "Sign in at /sign-in, or send an access token as Bearer");
      return null;
    }
    String name = claimedName(request.getHeader("Authorization"));
    return byContainer(request, response, name, name);
  }

  // a challenge would make its browser ask for a password over the page
  private static boolean isScriptWithoutCredentials(HttpServletRequest request) {
    return request.getHeader("Authorization") == null
        && "XMLHttpRequest".equals(request.getHeader("X-Requested-With"));
  }

  private @Nullable Caller byBearer(
      String token, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    // before the throttle: a token can't be guessed, and a neighbour's failures must not lock it
    // out
    Optional<Caller> caller = tokens.ofMachine(token);
    String address = request.getRemoteAddr();
    if (caller.isEmpty() && isClosed(address, token, response)) {
      return null;
    }
    if (caller.isEmpty() && !token.startsWith(AccessTokenStore.PREFIX)) {
      if (settings.people().auth() == Auth.SERVER) {
        // it alone knows whose token counts, and the same roles as for a browser
        return byContainer(request, response, "", token);
      }
      caller = verified(token);
    }
    if (caller.isEmpty()) {
      throttle.failed(address, token);
      refused("", "access-token.unknown", "The Bearer token is unknown or has ended", address);
      unauthorized(response, "The Bearer token is unknown or has ended");
      return null;
    }
    return caller.get();
  }

  private Optional<Caller> verified(String token) {
    for (BearerVerifier verifier : verifiers) {
      Optional<CallerGroups> known = verifier.verify(token);
      if (known.isPresent()) {
        return known.map(
            person ->
                new Caller(
                    person.name(), mapping.roles(person.groups()::contains), verifier.method()));
      }
    }
    return Optional.empty();
  }

  /** By the server; its failures are counted by the name that was given, or else by the token. */
  private @Nullable Caller byContainer(
      HttpServletRequest request, HttpServletResponse response, String name, String counted)
      throws IOException {
    String header = request.getHeader("Authorization");
    String address = request.getRemoteAddr();
    if (header != null && isClosed(address, counted, response)) {
      return null;
    }
    if (authenticate(request, response)) {
      throttle.succeeded(address, counted);
      return new Caller(
          request.getUserPrincipal().getName(),
          mapping.roles(request::isUserInRole),
          settings.people().auth().name().toLowerCase(Locale.ROOT));
    }
    if (!response.isCommitted()
        && response.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      // so say some that the directory behind their realm does not answer
      Problem.answer(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "Service Unavailable",
          "The server can't find out who this is; its log says why");
      return null;
    }
    if (header != null) {
      throttle.failed(address, counted);
      refused(name, "sign-in.refused", "Wrong name or password, or a wrong token", address);
    }
    if (!response.isCommitted() && response.getStatus() < 300) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"portcullis\"");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
    if (!response.isCommitted() && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
      problem(response, "Give name and password, or an access token as Bearer");
    }
    return null;
  }

  /** Whether the server knows who this is; if not, it may have answered. */
  static boolean authenticate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return request.authenticate(response) && request.getUserPrincipal() != null;
    } catch (ServletException e) {
      // some servers say so that the credentials are wrong
      return false;
    }
  }

  private static String claimedName(@Nullable String header) {
    String basic = credentials(header, BASIC);
    if (basic == null) {
      return "";
    }
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? "" : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private boolean isClosed(String address, String name, HttpServletResponse response)
      throws IOException {
    long seconds = throttle.secondsClosed(address, name);
    if (seconds == 0) {
      return false;
    }
    response.setHeader("Retry-After", Long.toString(seconds));
    Problem.answer(
        response,
        TOO_MANY_REQUESTS,
        "Too Many Requests",
        "Too many attempts have failed; try again in " + seconds + " seconds");
    return true;
  }

  /** Counts an attempt that has failed, and puts it into the audit log. */
  void failed(String name, String code, String reason, String address) {
    throttle.failed(address, name);
    refused(name, code, reason, address);
  }

  private void refused(String name, String code, String reason, String address) {
    audit.recordLater(
        new AuditEvent(AuditEvent.Kind.ADMIN, AuditEvent.Outcome.REJECTED, "sign-in")
            .by(name)
            .from(address)
            .because(code, reason));
  }

  private static void unauthorized(HttpServletResponse response, String detail) throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer");
    problem(response, detail);
  }

  private static void problem(HttpServletResponse response, String detail) throws IOException {
    Problem.answer(response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", detail);
  }
}
