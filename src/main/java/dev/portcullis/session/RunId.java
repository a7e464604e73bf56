package dev.portcullis.session;

import java.util.regex.Pattern;

/** The form of frp's run ids; frps makes 16 hex digits, a plugin may have made others. */
final class RunId {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private RunId() {}

  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }
}
