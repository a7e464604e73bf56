package dev.portcullis.database;

/** The database can't be used; the message says what to do. It stops the deployment. */
class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationException(String message) {
    super(message);
  }

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
