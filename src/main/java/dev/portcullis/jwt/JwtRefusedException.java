package dev.portcullis.jwt;

/** A token does not count. The message says why and holds no part of the token. */
public class JwtRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  // no cause, since a library's exception may quote the token
  JwtRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable name of the reason, such as {@code jwt.expired}. */
  public String code() {
    return code;
  }
}
