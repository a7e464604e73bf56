package dev.portcullis.rpc;

/** A request of frps that can't be read; the message is the reason for frps and holds no secret. */
final class UnreadableRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  UnreadableRequestException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
