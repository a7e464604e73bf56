package dev.portcullis.decision;

import java.util.Locale;

/** A way in which a client proves which account it is. */
public enum SignInWay {
  /** A token that Portcullis has made. */
  TOKEN,
  /** The password that the company's directory knows. */
  PASSWORD,
  /** A JSON web token of the company's provider. */
  JWT,
  /** A key at the SSH gateway of frps, which vouches for it. */
  SSH;

  /** Its name in settings, in the admin API and in columns. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
