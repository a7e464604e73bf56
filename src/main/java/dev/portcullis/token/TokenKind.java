package dev.portcullis.token;

/** What an access token is for. */
public enum TokenKind {
  /** A machine sends it with each request. */
  API,
  /** A browser has it as a cookie. */
  SESSION
}
