package dev.portcullis.directory;

/** The directory can't be asked as it is set; the message says what to do. It stops the start. */
class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DirectoryException(String message) {
    super(message);
  }
}
