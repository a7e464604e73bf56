package dev.portcullis.settings;

/** A setting is missing or wrong; the message names the key and says what it should be. */
public class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSettingException(String message) {
    super(message);
  }
}
