package dev.portcullis.oidc;

import org.jspecify.annotations.Nullable;

/** The server can't do what the settings ask for. It stops the deployment. */
class NoOidcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoOidcException(@Nullable Throwable cause) {
    super(
        "portcullis.auth is oidc, but this server has no OpenID Connect of Jakarta Security 3; set portcullis.auth to server and configure the server's own sign-on, or use a server that has it (see server-config/README.md)",
        cause);
  }
}
