package dev.portcullis.person;

import dev.portcullis.admin.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;

/** A request of somebody whom the door has admitted. */
final class SignedInRequest extends HttpServletRequestWrapper {
  private final Caller caller;

  SignedInRequest(HttpServletRequest request, Caller caller) {
    super(request);
    this.caller = caller;
  }

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller.isIn(role);
  }

  @Override
  public String getRemoteUser() {
    return caller.name();
  }

  @Override
  public String getAuthType() {
    return caller.method();
  }

  // who asks once more must not be sent to sign in elsewhere
  @Override
  public boolean authenticate(HttpServletResponse response) {
    return true;
  }
}
