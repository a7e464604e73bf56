package dev.portcullis.jwt;

/** Refusals for the tests of other rooms. */
public final class RefusedTokens {
  private RefusedTokens() {}

  public static JwtRefusedException refused(String code) {
    return new JwtRefusedException(code, "for the administrator");
  }
}
