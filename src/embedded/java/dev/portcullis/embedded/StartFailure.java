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

  /** What the innermost cause says, on one line. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
