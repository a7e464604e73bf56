package dev.portcullis.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The administrator whom a first start makes. */
record Administrator(String name, String password) {

  String basicAuthorization() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "Administrator[" + name + "]";
  }
}
