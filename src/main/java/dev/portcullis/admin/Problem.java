package dev.portcullis.admin;

/**
 * Problem details (RFC 9457).
 *
 * @param type {@code about:blank}: the status says what kind of problem it is
 * @param title of the status
 * @param status HTTP status
 * @param detail what is wrong and what to do
 */
public record Problem(String type, String title, int status, String detail) {
  static final String MEDIA_TYPE = "application/problem+json";
}
