package dev.portcullis.embedded;

import org.jspecify.annotations.Nullable;

/** Portcullis can't start; the message says why, and what to do, in one sentence. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  StartFailure(String sentence) {
    super(sentence);
  }

  StartFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** What to tell of a failed start. */
  static String sentence(Throwable failure) {
    return failure instanceof StartFailure known
        ? String.valueOf(known.getMessage())
        : reason(failure);
  }

  /** What Portcullis itself, or else the innermost cause, says; on one line. */
  static String reason(Throwable failure) {
    Throwable telling = failure;
    for (Throwable cause = failure.getCause();
        cause != null && cause != telling && !isOurs(telling);
        cause = cause.getCause()) {
      telling = cause;
    }
    String message = telling.getMessage();
    return message == null || message.isBlank()
        ? telling.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  // of the WAR, whose classes another class loader has
  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("dev.portcullis.");
  }
}
